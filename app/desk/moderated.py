"""What the clock does for moderation and complaints: time runs out, somebody is reminded, addresses are erased."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.complaints import queries as complaint_queries
from app.complaints import service as complaints
from app.models import Case, Complaint, Report
from app.moderation import queries, service

Each = Callable[[Callable[[datetime], Sequence[int]], type[Any], Callable[[Any], object]], int]


def moderated(each: Each) -> int:
    """Do what is due, `each` thing in a transaction of its own; returns how many things were found due."""
    done = each(queries.unconfirmed, Case, service.expire)
    done += each(queries.without_text, Case, service.end)
    done += each(queries.contacts_to_forget, Report, service.forget_contact)
    done += each(complaint_queries.to_remind, Complaint, complaints.remind)
    done += each(complaint_queries.contacts_to_forget, Complaint, complaints.forget_contact)
    return done
