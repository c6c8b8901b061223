# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..loader import (
    AgenciesHandler,
    GroupsHandler,
    LoadFailed,
    LoadSession,
    StaffHandler,
    UsersHandler,
)
from ..loader.users import ROLES
from ..tools.csv_set import Problem, read_csv

# A wrong column makes a problem of every line: enough is enough.
MAX_PRINTED = 500


class AmssLoader(models.AbstractModel):
    """Load an office's CSV files: all of a set, or nothing of it."""

    _name = "amss.loader"
    _description = "Loader of Office Data"

    @api.model
    def _handlers(self):
        """Return the handler classes, each after those it looks things up in."""
        return [AgenciesHandler, GroupsHandler, StaffHandler, UsersHandler]

    @api.model
    def _role_groups(self):
        """Return the security groups (XML ids) that each role of users.csv gets."""
        return {
            "staff": [],
            "personnel": ["hr.group_hr_user"],
            "administrator": ["amss_base.group_amss_admin"],
        }

    @api.model
    def _office_groups(self):
        """Return the security groups that all roles but those of schools get too."""
        return ["base.group_user"]

    @api.model
    def _load_set(self, files, progress=None, dry_run=False):
        """Check and load one set of CSV files.

        Loading the same set again changes nothing. Reached from the command line
        (``odoo amss_load``) alone: it acts with all rights.

        :param dict files: content (bytes) by file name
        :param progress: called with a line of text after each batch
        :param bool dry_run: do everything, then take it back
        :return: ``{file name: Counter(created=, updated=, unchanged=)}``
        :raise LoadFailed: with every problem found; then nothing was written
        """
        handlers = self._handlers()
        specs = {handler.spec.name: handler.spec for handler in handlers}
        problems = self._check_names(files, specs)
        read = {
            name: read_csv(specs[name], data)
            for name, data in files.items()
            if name in specs
        }
        session = LoadSession(self.env, read, progress or (lambda message: None))
        session.problems += problems
        for csv_file in read.values():
            session.problems += csv_file.problems
        steps = [handler(session) for handler in handlers]
        for step in steps:
            step.check()
        if session.problems:
            raise LoadFailed(self._sorted(session.problems, specs))
        with self.env.cr.savepoint() as savepoint:
            for step in steps:
                step.load()
            if dry_run:
                savepoint.rollback()
        return {name: session.counts[name] for name in specs if name in read}

    @api.model
    def _check_names(self, files, specs):
        names = " · ".join(specs)
        if not any(name in specs for name in files):
            message = self.env._(
                "there is no file to load here. Files: %(names)s", names=names
            )
            return [Problem("*.csv", message)]
        return [
            Problem(
                name,
                self.env._(
                    "no such file is known. Rename it to one of %(names)s, or move it "
                    "away.",
                    names=names,
                ),
            )
            for name in files
            if name not in specs
        ]

    @api.model
    def _sorted(self, problems, specs):
        order = {name: index for index, name in enumerate(specs)}
        return sorted(
            problems, key=lambda found: (order.get(found.file, -1), found.line)
        )

    @api.model
    def _load_and_print(self, files, dry_run=False, out=print):
        """Load a set as the command line does: progress, problems, result as text.

        :param out: called with each line
        :return: whether the set was loaded
        """
        try:
            counts = self._load_set(files, out, dry_run)
        except LoadFailed as failure:
            self._print_problems(failure.problems, out)
            return False
        for name, count in counts.items():
            out(
                self.env._(
                    "%(file)s: %(created)s new, %(updated)s changed, %(unchanged)s "
                    "as before",
                    file=name,
                    created=count["created"],
                    updated=count["updated"],
                    unchanged=count["unchanged"],
                )
            )
        changed = any(count["created"] or count["updated"] for count in counts.values())
        if dry_run:
            out(
                self.env._(
                    "No problem found. Nothing was loaded: this was only a check."
                )
            )
        elif changed:
            out(self.env._("Loaded."))
        else:
            out(self.env._("Nothing to do: all of this is in the database already."))
        return True

    @api.model
    def _print_problems(self, problems, out):
        lang = self.env.lang or "en_US"
        for problem in problems[:MAX_PRINTED]:
            out(problem.text(lang))
        if len(problems) > MAX_PRINTED:
            out(self.env._("… and %(count)s more.", count=len(problems) - MAX_PRINTED))
        out(
            self.env._(
                "Nothing was loaded. Problems found: %(count)s. Correct the files and "
                "load them again.",
                count=len(problems),
            )
        )

    @api.model
    def _logins_text(self, files):
        """Return the first user of each role in users.csv with the first password.

        For the sample set, whose passwords everybody may know.
        """
        spec = UsersHandler.spec
        first = {}
        for row in read_csv(spec, files.get(spec.name, b"")).rows:
            for role in row["role"] or ():
                first.setdefault(role, row)
        return "".join(
            f"  {row['login']:<14}{row['password']:<16}{ROLES[role][0]} ({role})\n"
            for role, row in first.items()
        )
