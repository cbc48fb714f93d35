"""modeltranslation's registration. Item kinds name their pairs themselves."""

from modeltranslation.translator import TranslationOptions, register, translator

from .models import BodyArea, Clinic, Item, Term

for model in Item.__subclasses__():
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
