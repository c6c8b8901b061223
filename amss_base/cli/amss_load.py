# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``odoo --addons-path=… amss_load -d DATABASE DIR``: load an office's CSV files."""

import argparse
import functools
import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config


class AmssLoad(Command):
    """Load agencies, groups, staff, users and registers of an office from CSV files.

    All files of the directory are loaded, or nothing is. See data/README.rst.
    """

    name = "amss_load"

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="Odoo's configuration file")
        add("-d", "--database", help="database name")
        add("--lang", default="th_TH", help="language of the messages (th_TH)")
        add("--check", action="store_true", help="check only, load nothing")
        add("--logins", action="store_true", help="then print one user of each role")
        add("directory", type=self._directory, help="where the CSV files are")

    @staticmethod
    def _directory(text):
        path = Path(text)
        if not path.is_dir():
            raise argparse.ArgumentTypeError(f"{text} is not a directory")
        return path

    def run(self, cmdargs):
        """Run the command; exits with 1 when the set was not loaded."""
        args = self.parser.parse_args(cmdargs)
        config_args = ["--no-http", "--log-level=warn"]
        config_args += ["-c", args.config] if args.config else []
        config_args += ["-d", args.database] if args.database else []
        config.parse_config(config_args, setup_logging=True)
        if len(config["db_name"]) != 1:
            self.parser.error("name one database with -d")
        files = {
            path.name: path.read_bytes()
            for path in sorted(args.directory.iterdir())
            if path.suffix.lower() == ".csv"
        }
        if not self._load(config["db_name"][0], files, args):
            sys.exit(1)

    def _load(self, database, files, args):
        """Load ``files``; what is said goes to standard error, logins to output.

        :return: whether the set was loaded
        """
        say = functools.partial(print, file=sys.stderr, flush=True)
        registry = Registry(database)
        if "amss.loader" not in registry:
            self.parser.error("the addon amss_base is not installed in this database")
        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            if env["res.lang"]._get_data(code=args.lang):
                env = env(context={"lang": args.lang})
            loader = env["amss.loader"]
            # a server may be at work: try again when it changed the same records,
            # and have it forget what it kept of users and groups
            loaded = retrying(
                lambda: loader._load_and_print(files, dry_run=args.check, out=say), env
            )
        if loaded and args.logins:
            sys.stdout.write(loader._logins_text(files))
        return loaded
