# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the handlers of one load share: the files read, the problems, the counts."""

from collections import Counter
from dataclasses import dataclass, field

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.csv_set import CsvFile, FileSpec, Problem, Row

BATCH = 500
# No mails, no chatter lines, no follower lists for what is only taken over.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


class LoadFailed(Exception):
    """The set was not loaded. ``problems`` says why; nothing was written."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass
class LoadSession:
    """One load of one set.

    ``shared`` is where a handler leaves what later ones look up, by its file name.
    """

    env: object
    files: dict[str, CsvFile]
    progress: object
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, Counter] = field(default_factory=dict)
    shared: dict = field(default_factory=dict)


class FileHandler:
    """How one file is loaded. Subclasses set ``spec`` and write the two steps.

    :meth:`check` runs for all files before anything is written and reports every
    problem; :meth:`load` runs only if there was none in any file.
    """

    spec: FileSpec

    def __init__(self, session: LoadSession):
        self.session = session
        self.env = session.env
        self.rows = session.files[self.spec.name].rows if self.given else []
        self.counts = session.counts.setdefault(self.spec.name, Counter())
        session.shared[self.spec.name] = self
        self._touched = set()

    @property
    def given(self) -> bool:
        """Whether the set has this file."""
        return self.spec.name in self.session.files

    def check(self):
        """Add the problems that need the database or other files to be seen."""

    def load(self):
        """Write the rows."""

    def other(self, name: str):
        """Return the handler of file ``name``, which runs before this one."""
        return self.session.shared[name]

    def problem(self, row: Row, column: str, message):
        """Report a problem in a cell."""
        self.session.problems.append(row.problem(column, message))

    def save(self, items):
        """Create or update, write nothing where nothing differs, and count.

        :param list items: ``(row, record or empty recordset, vals)``; in ``vals`` a
            many2many is a list of ids that have to be linked
        :return: the records, in the order of ``items``
        """
        new = [(row, vals) for row, record, vals in items if not record]
        created = iter(self._create(items[0][1].browse(), new) if new else ())
        records = []
        for row, record, vals in items:
            if not record:
                records.append(next(created))
                continue
            records.append(record)
            changes = self._changes(record, vals)
            self.counts["unchanged"] += 1
            if changes:
                self._write(row, record, changes)
                self.count_updated(record)
        return records

    def count_updated(self, records):
        """Count saved records as updated, each once however often it is written."""
        new = set(records.ids) - self._touched
        self._touched |= new
        self.counts["unchanged"] -= len(new)
        self.counts["updated"] += len(new)

    def link(self, moved, field_name):
        """Set a many2one of records saved before to records made since.

        :param dict moved: the records to write, by the record to set
        """
        for target, records in moved.items():
            records.write({field_name: target.id})
            self.count_updated(records)

    def _create(self, model, new):
        records = []
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            values = [self._create_values(model, vals) for _row, vals in batch]
            try:
                with self.env.cr.savepoint():
                    made = model.create(values)
            except (UserError, psycopg2.IntegrityError) as error:
                self._blame(model, [row for row, _vals in batch], values, error)
            self.counts["created"] += len(batch)
            self._touched.update(made.ids)
            records += made
            self.session.progress(
                self.env._(
                    "%(file)s: %(done)s of %(total)s new",
                    file=self.spec.name,
                    done=start + len(batch),
                    total=len(new),
                )
            )
        return records

    def _create_values(self, model, vals):
        return {
            name: [Command.set(value)]
            if model._fields[name].type == "many2many"
            else value
            for name, value in vals.items()
            if value is not None
        }

    def _blame(self, model, rows, values, error):
        """Find the lines that the database refuses; only ever run when it refused."""
        problems = []
        for row, vals in zip(rows, values, strict=True):
            try:
                with self.env.cr.savepoint() as savepoint:
                    model.create([vals])
                    savepoint.rollback()
            except (UserError, psycopg2.IntegrityError) as row_error:
                refusal = self._refusal(model, row_error)
                problems.append(Problem(row.file, refusal, row.line))
        refusal = self._refusal(model, error)
        raise LoadFailed(problems or [Problem(self.spec.name, refusal)])

    def _write(self, row, record, changes):
        try:
            with self.env.cr.savepoint():
                record.write(changes)
        except (UserError, psycopg2.IntegrityError) as error:
            raise LoadFailed(
                [Problem(row.file, self._refusal(record, error), row.line)]
            ) from error

    @staticmethod
    def _refusal(model, error):
        """Return a refusal of the ORM or of PostgreSQL in words."""
        if isinstance(error, UserError):
            return str(error)
        return model._sql_error_to_message(error)

    def _changes(self, record, vals):
        """Return the values of ``vals`` that differ; empty cells change nothing."""
        changes = {}
        for name, value in vals.items():
            if value is None:
                continue
            kind = record._fields[name].type
            if kind == "many2many":
                missing = [res_id for res_id in value if res_id not in record[name].ids]
                if missing:
                    changes[name] = [Command.link(res_id) for res_id in missing]
            elif kind == "many2one":
                if record[name].id != value:
                    changes[name] = value
            elif record[name] != value:
                changes[name] = value
        return changes
