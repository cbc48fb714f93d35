from django.urls import include, path, re_path, register_converter

from .models import LANGUAGES
from .planner import views as planner
from .public import act_views, photo_files, views
from .public.feed import feed
from .public.sitemap import sitemap


class LanguageConverter:
    regex = "|".join(LANGUAGES)
    to_python = to_url = staticmethod(str)


register_converter(LanguageConverter, "language")

pages = [
    path("", views.home, name="home"),
    path("treatments/", views.treatment_list, name="treatment-list"),
    path("treatments/<str:slug>/", views.treatment, name="treatment"),
    path("treatments/<str:slug>/check/", act_views.check, name="check"),
    path("treatments/<str:slug>/helpful/", act_views.helpful, name="helpful"),
    path("treatments/<str:slug>/helpful/missing/", act_views.missing, name="missing"),
    path("treatments/<str:slug>/helpful/thanks/", act_views.thanks, name="thanks"),
    path("treatments/<str:slug>/plan/", planner.plan, name="plan"),
    path(
        "treatments/<str:slug>/plan/calendar.ics",
        planner.plan_calendar,
        name="plan-calendar",
    ),
    path("treatments/<str:slug>/leaflet.pdf", planner.leaflet, name="leaflet"),
    path("feed.xml", feed, name="feed"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("disclaimer/", views.disclaimer, name="disclaimer"),
]

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("<language:language>/", include(pages)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sw.js", act_views.worker, name="service-worker"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.health, name="health"),
    re_path(
        r"^media/pictures/(?P<name>[0-9a-f]{16})-(?P<width>480|960|1440)\.(?P<extension>avif|webp|jpg)\Z",
        photo_files.picture,
        name="picture",
    ),
]
