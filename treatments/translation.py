"""modeltranslation's registration. Item kinds name their pairs themselves."""

from django.apps import apps
from modeltranslation.translator import TranslationOptions, register, translator

from .models import BodyArea, Clinic, Item, Term

for model in apps.get_app_config("treatments").get_models():
    if issubclass(model, Item):
        translator.register(
            model, type(f"{model.__name__}Pairs", (TranslationOptions,), {"fields": model.pairs})
        )


@register(Clinic)
class ClinicPairs(TranslationOptions):
    fields = Clinic.pairs


@register(BodyArea)
class BodyAreaPairs(TranslationOptions):
    fields = ("name",)


@register(Term)
class TermPairs(TranslationOptions):
    fields = ("explanation",)
