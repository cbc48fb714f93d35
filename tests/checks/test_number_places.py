"""Numbers keep their things and their times: five days on the face and ten on the back."""

import pytest

from treatments.checks import BLOCKING

from .test_bounds import numbers_found

# English, right Bangla, and the same with the numbers in each other's place
PLACES = [
    (
        "Have the stitches out after 5 days if they are on the face, after 10 to 14 if on the leg.",
        "মুখে হলে ৫ দিন পর আর পায়ে হলে ১০ থেকে ১৪ দিন পর সেলাই কাটিয়ে নেবেন।",
        "মুখে হলে ১০ থেকে ১৪ দিন পর আর পায়ে হলে ৫ দিন পর সেলাই কাটিয়ে নেবেন।",
    ),
    (
        "Six months if there are up to five patches, twelve months if there are more.",
        "দাগ পাঁচটি বা তার কম হলে ছয় মাস, তার বেশি হলে এক বছর।",
        "দাগ পাঁচটি বা তার কম হলে এক বছর, তার বেশি হলে ছয় মাস।",
    ),
    (
        "Weekly at first, while the dose is built up. Later once a month.",
        "শুরুতে সপ্তাহে একবার, তখন ডোজ বাড়ানো হয়। পরে মাসে একবার।",
        "শুরুতে মাসে একবার, তখন ডোজ বাড়ানো হয়। পরে সপ্তাহে একবার।",
    ),
    (
        "Every two weeks for the first two months, and then every three months.",
        "প্রথম দুই মাস দুই সপ্তাহ পরপর, তারপর থেকে তিন মাস পরপর।",
        "প্রথম দুই মাস তিন মাস পরপর, তারপর থেকে দুই সপ্তাহ পরপর।",
    ),
    (
        "Take two tablets a day for the first week, then one a day.",
        "প্রথম সপ্তাহে দিনে দুটি ট্যাবলেট, তারপর দিনে একটি করে খান।",
        "প্রথম সপ্তাহে দিনে একটি ট্যাবলেট, তারপর দিনে দুটি করে খান।",
    ),
    (
        "Leave it on for 10 minutes on the arms and 3 minutes on the face.",
        "মুখে ৩ মিনিট আর হাতে ১০ মিনিট রাখুন।",
        "মুখে ১০ মিনিট আর হাতে ৩ মিনিট রাখুন।",
    ),
    (
        "Wear it day and night in the first week, and only by day in the second.",
        "প্রথম সপ্তাহে দিন-রাত পরুন, দ্বিতীয় সপ্তাহে শুধু দিনে।",
        "দ্বিতীয় সপ্তাহে দিন-রাত পরুন, প্রথম সপ্তাহে শুধু দিনে।",
    ),
    (
        "No sport for three days, no swimming for two weeks.",
        "তিন দিন খেলাধুলা নয়, দুই সপ্তাহ সাঁতার নয়।",
        "দুই সপ্তাহ খেলাধুলা নয়, তিন দিন সাঁতার নয়।",
    ),
]


@pytest.mark.parametrize(("english", "right", "wrong"), PLACES)
def test_a_number_stays_with_its_thing(english, right, wrong):
    assert not numbers_found(english, right)
    assert BLOCKING in [one.level for one in numbers_found(english, wrong)]


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Adults take 10 ml, children 5 ml.", "শিশুরা ৫ মিলি আর বড়রা ১০ মিলি খাবে।"),
        (
            "Six weeks after the first session comes the second.",
            "দ্বিতীয় সেশন হয় প্রথম সেশনের ছয় সপ্তাহ পর।",
        ),
        (
            "Apply it for 8 hours, wash it off, and repeat after 7 days.",
            "৮ ঘণ্টা রেখে ধুয়ে ফেলুন, ৭ দিন পর আবার লাগান।",
        ),
        (
            "Stay for 2 hours afterwards and come back after one week.",
            "এরপর ২ ঘণ্টা থাকতে হবে আর এক সপ্তাহ পর আবার আসতে হবে।",
        ),
    ],
)
def test_what_moves_along_with_its_thing_is_left_alone(english, bangla):
    assert not numbers_found(english, bangla)


def test_the_ends_of_a_range_do_not_move_along():
    english = "Every 4–6 weeks on the face and every 8 weeks on the legs."
    assert not numbers_found(english, "মুখে ৪–৬ সপ্তাহ পরপর, পায়ে ৮ সপ্তাহ পরপর।")
    assert numbers_found(english, "মুখে ৬–৪ সপ্তাহ পরপর, পায়ে ৮ সপ্তাহ পরপর।")
