"""A nurse makes a page on another treatment, from nothing to live, by what stands on the screen."""

import re
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from treatments.document.sections import BY_KEY
from treatments.language.text import normalise
from treatments.models import StaffLanguage, Treatment
from treatments.roles import make_groups

from ..photos.pictures import photo

STEPS_ASKED = 60

NAME = "Cryotherapy for warts", "আঁচিলের ক্রায়োথেরাপি"
SUMMARY = (
    "Cryotherapy freezes a wart with liquid nitrogen. Most people need several visits.",
    "ক্রায়োথেরাপিতে তরল নাইট্রোজেন দিয়ে আঁচিল জমিয়ে দেওয়া হয়। বেশির ভাগ মানুষকে কয়েকবার আসতে হয়।",
)
FOR_SEARCH = (
    "Cryotherapy for warts: what happens, how often one comes, and who must not have it.",
    "আঁচিলের ক্রায়োথেরাপি: কী করা হয়, কতদিন পরপর আসতে হয়, আর কারা এই চিকিৎসা নেবেন না।",
)
# Section by section: what is chosen (the field's name and the choice), and both languages of each
# of its fields.
TEXTS = (
    ("what_it_is", {}, (
        "Liquid nitrogen is very cold. It freezes the skin of the wart, and the wart falls off later.",
        "তরল নাইট্রোজেন খুব ঠান্ডা। এটি আঁচিলের চামড়া জমিয়ে দেয়, পরে আঁচিল খসে পড়ে।",
    )),
    ("contraindications", {"level": "Must not have it"}, (
        "You have a disease in which cold harms the skin.",
        "আপনার এমন রোগ আছে যাতে ঠান্ডায় চামড়ার ক্ষতি হয়।",
    )),
    ("contraindications", {"level": "Tell us first"}, (
        "Your wounds heal slowly.",
        "আপনার ঘা শুকাতে দেরি হয়।",
    )),
    ("help_signs", {"urgency": "Stop and call us"}, ("Pus comes out of the wound.", "ঘা থেকে পুঁজ বের হয়।")),
    ("help_signs", {"urgency": "Emergency"}, (
        "It is hard to breathe.",
        "আপনার শ্বাস নিতে কষ্ট হয়।",
    )),
    ("who_it_helps", {}, (
        "People with warts on the hands or feet.",
        "যাঁদের হাতে বা পায়ে আঁচিল আছে।",
    )),
    ("results", {}, ("Some warts come back.", "কিছু আঁচিল আবার হয়।")),
    ("preparation", {}, (
        "Tell us which medicines you take.",
        "কোন কোন ওষুধ খান, আমাদের জানান।",
    )),
    ("procedure", {"pictogram": "Freezing with a spray"}, ("Freezing", "জমানো"), (
        "We spray liquid nitrogen on the wart for 10–30 seconds. It stings.",
        "আমরা আঁচিলে ১০–৩০ সেকেন্ড তরল নাইট্রোজেন স্প্রে করি। জ্বালা করে।",
    )),
    ("procedure", {"pictogram": "A plaster on the skin"}, ("A plaster", "প্লাস্টার"), (
        "We cover the place with a plaster.",
        "জায়গাটি প্লাস্টার দিয়ে ঢেকে দিই।",
    )),
    ("how_often", {}, (
        "The treatment is given every 2–3 weeks.",
        "চিকিৎসাটি ২–৩ সপ্তাহ পরপর দেওয়া হয়।",
    )),
    ("aftercare", {"kind": "Do"}, ("Keep the place clean.", "জায়গাটি পরিষ্কার রাখুন।")),
    ("aftercare", {"kind": "Do not"}, ("Pick at the crust.", "চটা খোঁটা।")),
    ("side_effects", {"frequency": "Common"}, ("A blister on the treated skin.", "চিকিৎসার জায়গায় ফোসকা।")),
    ("cost", {}, ("Ask us about the cost.", "খরচ কত, আমাদের কাছে জেনে নিন।")),
)  # fmt: skip
PHOTOS = (
    (("A wart on a finger", "আঙুলে একটি আঁচিল"), ("Before", "চিকিৎসার আগে")),
    (("The same finger without the wart", "একই আঙুল, আঁচিল নেই"), ("After", "চিকিৎসার পরে")),
)


@dataclass
class Nurse:
    """Works the page as people do. Typing, and confirming what is read, are no steps."""

    page: Page
    language: str
    steps: int = 0
    confirmed: int = 0

    def words(self, english: str) -> str:
        """What stands on the screen for it."""
        with override(self.language):
            return gettext(english)

    def heading(self, section: str) -> str:
        with override(self.language):
            return str(BY_KEY[section].heading)

    def press(self, role: str, english: str, within=None) -> None:
        (within or self.page).get_by_role(role, name=self.words(english), exact=True).first.click()
        self.steps += 1

    @property
    def form(self):
        return self.page.locator("form.open")

    def opened(self) -> None:
        expect(self.form.locator(":focus")).to_have_count(1)
        plain = self.form.locator("textarea[data-django-prose-editor-configurable]")
        expect(plain.filter(visible=True)).to_have_count(0)  # its editor has come

    def add(self, section: str) -> None:
        group = self.page.get_by_role("region", name=self.heading(section), exact=True)
        group.locator(".add").get_by_role("link").first.click()
        self.steps += 1
        self.opened()

    def edit(self, name: str) -> None:
        self.page.wait_for_load_state()  # before its scripts a text has a page of its own
        text = self.page.get_by_role("article", name=self.words(name), exact=False).first
        text.get_by_role("link").first.click()
        self.steps += 1
        self.opened()

    def choose(self, label: str, option: str) -> None:
        self.form.get_by_label(capfirst(self.words(label)), exact=True).select_option(
            label=self.words(option)
        )
        self.steps += 1

    def write(self, *pairs: tuple[str, str]) -> None:
        """Both languages of each text of the open form, in their order."""
        for index, language in enumerate(("English", "Bangla")):
            ending = re.compile(rf" · {self.words(language)}$")
            fields = self.form.get_by_role("textbox", name=ending)
            for number, pair in enumerate(pairs):
                fields.nth(number).fill(pair[index])

    def save(self) -> None:
        button = self.words("Save: both say the same")
        self.form.get_by_role("button", name=button, exact=True).click()
        self.confirmed += 1
        expect(self.form).to_have_count(0)
        expect(self.page.locator(".text:focus, .text :focus")).to_have_count(1)  # to go on from

    def needs(self) -> str:
        needs = self.page.locator("#needs")
        if not needs.is_visible():  # on a phone
            self.page.locator(".needs summary").click()
        return needs.inner_text()


@pytest.mark.parametrize(
    ("language", "width"), [("en", 1280), ("en", 360), ("bn", 1280)], ids=["", "phone", "bangla"]
)
def test_a_page_on_another_treatment_goes_live(page, site_live, client, language, width):
    make_groups(Group, Permission)
    rina = User.objects.create_user("rina", password="a long enough word", is_staff=True)
    rina.groups.add(Group.objects.get(name="Publisher"))
    StaffLanguage.objects.create(person=rina, language=language)
    client.force_login(rina)
    [cookie] = client.cookies.values()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site_live}])
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/admin/")
    nurse = Nurse(page, language)

    nurse.press("link", "New treatment page")
    for field, name in zip(("title_en", "title_bn"), NAME, strict=True):
        page.locator(f"#id_{field}").fill(name)
    nurse.press("button", "Start writing")
    for name, pair in (("Title", NAME), ("Summary", SUMMARY)):
        nurse.edit(name)
        nurse.write(pair)
        nurse.save()

    nurse.edit("The plan in numbers")
    nurse.choose("done with", "Freezing")
    for name, low, high, unit in (
        ("The treatment itself", "10", "30", "seconds"),
        ("How often", "২", "৩", "weeks from one to the next"),
    ):
        amount = nurse.form.get_by_role("group", name=nurse.words(name), exact=True)
        amount.get_by_label(capfirst(nurse.words("at least")), exact=True).fill(low)
        amount.get_by_label(capfirst(nurse.words("at most")), exact=True).fill(high)
        amount.get_by_label(capfirst(nurse.words("unit")), exact=True).select_option(
            label=nurse.words(unit)
        )
        nurse.steps += 1
    nurse.save()

    for section, chosen, *pairs in TEXTS:
        nurse.add(section)
        nurse.write(*pairs)
        for field, option in chosen.items():
            nurse.form.locator(f"select[name={field}]").select_option(label=nurse.words(option))
            nurse.steps += 1
        nurse.save()
    for pairs in PHOTOS:
        nurse.add("photos")
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        nurse.form.locator("input[type=file]").set_input_files(file)
        nurse.steps += 1
        nurse.write(*pairs)
        nurse.save()
    nurse.edit("Text for search engines")
    nurse.write(FOR_SEARCH)
    nurse.save()

    assert nurse.words("Nothing. It can be published.") in nurse.needs()
    nurse.press("link", "Publish…")
    nurse.press("button", "Publish")
    for code in ("English", "Bangla"):
        said = nurse.words("%(language)s is live now.") % {"language": nurse.words(code)}
        page.get_by_text(said).wait_for()
    assert nurse.steps <= STEPS_ASKED

    treatment = Treatment.objects.get(slug="cryotherapy-for-warts")
    for code, says in (
        ("en", ("Usually once every 2–3 weeks.", "The freezing takes 10–30 seconds.")),
        ("bn", ("সাধারণত ২–৩ সপ্তাহ পরপর একবার।", "জমাতে লাগে ১০–৩০ সেকেন্ড।")),
    ):
        page.goto(f"/{code}/treatments/{treatment.slug}/")
        text = normalise(page.locator("main").inner_text())
        assert all(normalise(one) in text for one in says)
        assert page.locator("main figure img").count() == len(PHOTOS)
    assert page.problems == []
