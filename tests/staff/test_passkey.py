"""A passkey, from making it to losing it, in a browser that has a device to make one."""

from django.utils import timezone

from treatments.models import Passkey

from ..conftest import PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
HOME = "What would you like to do?"


def give_password(page) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill("nurse")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def log_out(page) -> None:
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("heading", name="Logged out").wait_for()


def test_a_passkey_gets_in_and_a_recovery_code_once_it_is_lost(page, nurse, settings, site_live):
    settings.LOCAL, settings.PUBLIC_URL = False, site_live
    page.set_viewport_size({"width": 360, "height": 740})
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    give_password(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What you call it").fill("my phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    codes = page.locator("#codes code").all_inner_texts()
    page.get_by_role("button", name="Print").wait_for()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("heading", name=HOME).wait_for()

    log_out(page)
    give_password(page)
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("heading", name=HOME).wait_for()
    assert Passkey.objects.get().last_used_at <= timezone.now()
    assert Passkey.objects.get().name == "my phone"

    log_out(page)
    devices.send("WebAuthn.removeVirtualAuthenticator", device)
    give_password(page)
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Log in with the code").click()
    page.get_by_role("heading", name=HOME).wait_for()
    page.get_by_role("link", name="How you sign in").click()
    page.get_by_text("You have 7 codes left").wait_for()
    page.get_by_role("button", name="Remove the passkey “my phone”").click()
    page.get_by_text("Without it you could not log in").wait_for()
