"""The admin by one thumb: nothing cut at the right, no field torn from its label."""

from django.urls import reverse

from treatments.models import BodyArea, Term, Treatment

MEASURE = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const box = (element) => element.getBoundingClientRect();
  const seen = (element) => element.offsetParent && !element.closest("table, .visually-hidden");
  const controls = document.querySelectorAll("#content :is(input, textarea, select, a, button)");
  const fields = document.querySelectorAll("#content :is(.fieldBox, .form-multiline > div)");
  return {
    width: document.documentElement.scrollWidth,
    cut: [...controls].filter((each) => seen(each) && box(each).right > 361).map((each) => each.outerHTML.slice(0, 120)),
    gaps: [...fields].filter((each) => seen(each) && each.children.length)
      .map((each) => box(each).bottom - Math.max(...[...each.children].map((child) => box(child).bottom)))
      .filter((gap) => gap > 40),
  };
}"""


def test_nothing_is_cut_and_no_gap_is_torn_at_360_pixels(admin_page, nurse):
    page = admin_page
    page.set_viewport_size({"width": 360, "height": 760})
    treatment = Treatment.objects.get(slug="iontophoresis")
    for name, *key in (
        ("index",),
        ("treatments_treatment_change", treatment.pk),
        ("treatments_treatment_history", treatment.pk),
        ("treatments_clinic_change", 1),
        ("treatments_term_change", Term.objects.first().pk),
        ("treatments_bodyarea_change", BodyArea.objects.first().pk),
        ("auth_user_changelist",),
        ("auth_user_add",),
        ("auth_user_change", nurse.pk),
    ):
        page.goto(reverse(f"admin:{name}", args=key))
        page.wait_for_load_state()
        assert page.evaluate(MEASURE) == {"width": 360, "cut": [], "gaps": []}, name
