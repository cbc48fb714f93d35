"""modeltranslation's registration. Item kinds name their pairs themselves."""

from django.apps import apps
from django.utils.text import format_lazy
from modeltranslation.translator import TranslationOptions, register, translator

from .models import LANGUAGE_NAMES, BodyArea, Clinic, Item, Term

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


# Not "name [en]", which says nothing to whoever reads Bangla.
for model in translator.get_registered_models(abstract=False):
    for halves in translator.get_options_for_model(model).all_fields.values():
        for half in halves:
            name = half.translated_field.verbose_name
            half.verbose_name = format_lazy("{} · {}", name, LANGUAGE_NAMES[half.language])
