"""Plans for tests: amounts as (least, most), in their commonest unit, or with the unit behind."""

from dataclasses import replace

from treatments.document.plan import Amount, Plan
from treatments.models import PLAN


def plan_of(kind: str = "", /, **amounts: tuple) -> Plan:
    return changed(Plan(kind), **amounts)


def changed(plan: Plan, **amounts: tuple) -> Plan:
    new = {
        name: Amount(low, high, *unit or (PLAN[name][0].value,))
        for name, (low, high, *unit) in amounts.items()
    }
    return replace(plan, amounts={**plan.amounts, **new})
