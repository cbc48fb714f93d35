"""Getting in with a second step, as a person does it who reads the pages and has an app."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
from django.contrib.auth.models import User
from django.utils import timezone

from treatments.staff import second_factor

from ..admin_forms import form_data
from ..conftest import PASSWORD
from ..pages import press, soup, words

LOGIN = "/admin/login/"


def give_password(client, name: str = "nurse", password: str = PASSWORD, **more):
    """The page that comes after the login page, whatever it is."""
    typed = form_data(client.get(LOGIN).content, "login-form")
    sent = typed | {"username": name, "password": password}
    return client.post(LOGIN, sent, follow=True, **more)


class App:
    """An authenticator app on somebody's phone."""

    def __init__(self, secret: str):
        self.totp = pyotp.TOTP(secret)

    @classmethod
    def of_page(cls, page) -> "App":
        """What it makes of the picture."""
        [link] = page.select('a[href^="otpauth:"]')
        secret = parse_qs(urlsplit(link["href"]).query)["secret"][0]
        assert page.select_one(".secret").get_text().replace(" ", "") == secret
        return cls(secret)

    def code(self, later: float = 0) -> str:
        """The code of this moment, or of some seconds later."""
        return self.totp.at(int(timezone.now().timestamp() + later))


def person_with_app(person: User) -> tuple[App, list[str]]:
    """As if she had set it up half a minute ago: her app and her recovery codes."""
    secret, now = second_factor.new_secret(), timezone.now()
    app = App(secret)
    assert second_factor.add_app(person, secret, app.code(-30), now - timedelta(seconds=30))
    return app, second_factor.new_recovery_codes(person)


def set_up_app(client, page=None) -> tuple[App, list[str]]:
    """From the page that offers an app: the app and the recovery codes; none if there were some."""
    link = (page or soup(client.get("/admin/login/set-up/"))).find("a", string="Set up an app")
    shown = soup(client.get(link["href"]))
    app = App.of_page(shown)
    answer = give_code(
        client, app.code(), button="Set up the app", label="Code of the app", at=link["href"]
    )
    return app, [code.get_text() for code in soup(answer).select("#codes code")]


def give_code(
    client, code: str, *, button="Log in with the code", label="", at="/admin/login/second-step/"
):
    page = soup(client.get(at))
    form = next(one for one in page.select("form") if one.find("button", string=button))
    label = label or form.find("label").get_text()
    for one in page.select("form"):
        one["action"] = one.get("action") or at
    return press(client, page, button, {label: code}, follow=True)


def is_in(client) -> bool:
    return client.get("/admin/password_change/").status_code == 200


def says(answer) -> str:
    return words(soup(answer))


def log_out(client) -> None:
    """As a person does it: the browser keeps its other cookies."""
    client.post(
        "/admin/logout/", form_data(client.get("/admin/password_change/").content, "logout-form")
    )
