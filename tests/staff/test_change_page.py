"""The change page in a real browser: its editors, its lists, its preview."""


def test_a_nurse_changes_a_text_in_the_editor_and_publishes_it(nurse_page):
    page = nurse_page
    cost = page.locator("#cost_set-group")
    cost.locator("summary").click()
    cost.locator(".add-row a").click()
    editors = page.locator("#cost_set-0 .ProseMirror")
    editors.first.wait_for()
    for number, words in enumerate(["Ask us about the price.", "খরচ কত, আমাদের কাছে জেনে নিন।"]):
        editors.nth(number).click()
        page.keyboard.type(words)
    page.get_by_role("button", name="Save and go on to publish").click()
    page.get_by_role("button", name="I have read these").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("English is live now.").wait_for()
    page.goto("/en/treatments/iontophoresis/")
    assert page.locator("#cost").inner_text().count("Ask us about the price.") == 1
    page.goto("/bn/treatments/iontophoresis/")
    assert "আমাদের কাছে জেনে নিন।" in page.locator("main").inner_text()


def test_a_preview_opens_beside_the_form_and_keeps_nothing(nurse_page):
    page = nurse_page
    page.locator("#id_translations-0-title").fill("Another title")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview English").click()
    preview = opened.value
    preview.wait_for_load_state()
    assert preview.locator("h1").inner_text() == "Another title"
    assert page.locator("#id_translations-0-title").input_value() == "Another title"
    page.goto("/en/treatments/iontophoresis/")
    assert page.locator("h1").inner_text() == "Iontophoresis for sweating (in the clinic)"


def test_items_are_reordered_by_keyboard_and_by_dragging(nurse_page):
    page = nurse_page
    group = page.locator("#benefit_set-group")
    group.locator("summary").click()
    labels = group.locator(".has_original .inline_label")
    before = labels.all_inner_texts()
    group.locator(".has_original").nth(1).get_by_role("button", name="Up").press("Enter")
    assert labels.all_inner_texts()[:2] == [before[1], before[0]]

    source, target = labels.nth(0), labels.nth(2)
    source.drag_to(target)
    after = labels.all_inner_texts()
    page.get_by_role("button", name="Save draft").click()
    page.locator("#benefit_set-group summary").click()
    assert page.locator("#benefit_set-group .has_original .inline_label").all_inner_texts() == after


def test_an_item_is_added_and_stays(nurse_page):
    page = nurse_page
    group = page.locator("#aftercaretip_set-group")
    group.locator("summary").click()
    count = group.locator(".has_original").count()
    group.get_by_role("button", name="Add another").or_(
        group.get_by_role("link", name="Add another")
    ).first.click()
    page.locator(f"#id_aftercaretip_set-{count}-text_en").fill("Drink some water.")
    page.locator(f"#id_aftercaretip_set-{count}-text_bn").fill("একটু পানি পান করুন।")
    page.get_by_role("button", name="Save draft").click()
    page.locator("#aftercaretip_set-group summary").click()
    assert page.locator("#aftercaretip_set-group .has_original").count() == count + 1
