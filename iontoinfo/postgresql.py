"""What the site asks of PostgreSQL beside its settings: an answer in time."""

from collections.abc import Generator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# A statement of the site takes milliseconds. With the time to connect it is less than a stamp of
# finished pages holds, so that whoever looks for changes has found out by then.
ANSWERS_WITHIN = 4.0  # seconds


def expect_answers(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Gives up a server that keeps its connections and says nothing: a machine that was paused, say.

    A receiver of `connection_created`. The server's own limits end with it, and the network's are
    kept by its kernel; psycopg has one of its own for whoever waits, and no setting for it.
    """
    if connection.vendor != "postgresql":
        return
    from psycopg.errors import _WaitTimeout

    psycopg_connection = connection.connection
    wait = psycopg_connection.wait

    def wait_a_while(
        steps: Generator, *args: Any, timeout: float | None = None, **more: Any
    ) -> Any:
        if timeout is not None:
            return wait(steps, *args, timeout=timeout, **more)
        try:
            return wait(steps, *args, timeout=ANSWERS_WITHIN, **more)
        except _WaitTimeout as error:
            psycopg_connection.close()
            said = f"The server has said nothing for {ANSWERS_WITHIN:.0f} seconds"
            raise connection.Database.OperationalError(said) from error

    psycopg_connection.wait = wait_a_while
