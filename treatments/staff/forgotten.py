"""A forgotten password: a link by mail, where the site sends mail. The second factor stays.

Whoever asks gets the same answer, as fast, whether anybody has that address; how often is limited
for the address and for the network that asks.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.core.mail import EmailMessage
from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..public.middleware import client_address
from . import logins
from .language import language_of
from .login_events import by_a_mailed_link
from .mail import send_beside


class AddressForm(PasswordResetForm):
    def get_users(self, email):
        return (person for person in super().get_users(email) if person.is_staff)

    def send_mail(self, subject_template_name, email_template_name, context, *more, **named):
        """In the language of the person, and never with an address that a request claimed."""
        person = context["user"]
        there = reverse("admin:password_reset_confirm", args=[context["uid"], context["token"]])
        with override(language_of(person)):
            parts = [
                _("Hello %(name)s,") % {"name": person.get_short_name() or person.get_username()},
                _(
                    "Somebody asked for a new password for the login %(name)s. With this link you "
                    "choose one; it is good for one hour:"
                )
                % {"name": person.get_username()},
                settings.PUBLIC_URL + there,
                _("Was that not you? Then do nothing: the password stays as it is."),
            ]
            send_beside(EmailMessage(_("A new password"), "\n\n".join(parts), to=[person.email]))


class ForgottenView(PasswordResetView):
    """Raises Locked where a mail was asked for too many times."""

    form_class = AddressForm
    template_name = "staff/entrance/forgotten.html"
    success_url = reverse_lazy("admin:login")

    def dispatch(self, request, *args, **kwargs):
        if not settings.SENDS_MAIL:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        counters = [
            logins.mail_counter(form.cleaned_data["email"]),
            *logins.network_counters(client_address(self.request)),
        ]
        logins.Try(counters, timezone.now())  # never taken back: each mail counts
        told = _(
            "If a login has this mail address, a mail with a link is on its way to it. The link is "
            "good for one hour. Nothing came? Look into the spam folder, or ask an administrator."
        )
        messages.info(self.request, told)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": _("Forgot your password?")}


class NewPasswordView(PasswordResetConfirmView):
    """Raises Busy where another password is being hashed."""

    template_name = "staff/entrance/new_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form):
        with by_a_mailed_link():
            response = super().form_valid(form)
        messages.success(self.request, _("The new password is set. Log in with it now."))
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": _("Choose a new password")}
