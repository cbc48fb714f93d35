from django.urls import include, path, re_path, register_converter

from .models import LANGUAGES
from .planner import views as planner
from .public import feedback, photo_files, views
from .public.feed import feed
from .public.leaflet_file import leaflet
from .public.offline import worker
from .public.origins import origins
from .public.printed_leaflet import printed_leaflet
from .public.self_check import check
from .public.sitemap import sitemap
from .public.wrong import wrong_page


class LanguageConverter:
    regex = "|".join(LANGUAGES)
    to_python = to_url = staticmethod(str)


register_converter(LanguageConverter, "language")

pages = [
    path("", views.home, name="home"),
    path("treatments/", views.treatment_list, name="treatment-list"),
    path("treatments/<str:slug>/", views.treatment, name="treatment"),
    path("treatments/<str:slug>/check/", check, name="check"),
    path("treatments/<str:slug>/sources/", origins, name="origins"),
    path("treatments/<str:slug>/wrong/", wrong_page, name="wrong"),
    path("treatments/<str:slug>/helpful/", feedback.record_answer, name="helpful"),
    path("treatments/<str:slug>/helpful/missing/", feedback.missing_page, name="missing"),
    path("treatments/<str:slug>/helpful/thanks/", feedback.thanks_page, name="thanks"),
    path("treatments/<str:slug>/plan/", planner.plan_page, name="plan"),
    path("treatments/<str:slug>/plan/calendar.ics", planner.plan_calendar, name="plan-calendar"),
    path("treatments/<str:slug>/leaflet.pdf", leaflet, name="leaflet"),
    path("treatments/<str:slug>/leaflet/<str:code>/", printed_leaflet, name="printed-leaflet"),
    path("feed.xml", feed, name="feed"),
    path("about/", views.about_page, {"name": "about"}, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.about_page, {"name": "accessibility"}, name="accessibility"),
    path("disclaimer/", views.about_page, {"name": "disclaimer"}, name="disclaimer"),
]

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("<language:language>/", include(pages)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sw.js", worker, name="service-worker"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    re_path(
        r"^media/pictures/(?P<name>[0-9a-f]{16})-(?P<width>480|960|1440)\.(?P<extension>avif|webp|jpg)\Z",
        photo_files.picture,
        name="picture",
    ),
]
