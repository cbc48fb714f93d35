from django.conf import settings
from django.contrib import admin
from django.urls import include, path

admin.autodiscover()

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("", include("treatments.urls")),
]

handler400 = "treatments.public.request_limits.bad_request"
handler404 = "treatments.public.errors.page_not_found"
handler500 = "treatments.public.errors.server_error"
