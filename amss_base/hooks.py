# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Write the citizen IDs that are there already the way they are looked up:
    13 digits without dashes and blanks."""
    env.cr.execute(
        r"""UPDATE hr_version
               SET identification_id =
                       regexp_replace(identification_id, '[^0-9]', '', 'g')
             WHERE identification_id ~ '^[0-9 -]*[ -][0-9 -]*$'
               AND length(regexp_replace(identification_id, '[^0-9]', '', 'g')) = 13
        """
    )
    env["hr.version"].invalidate_model(["identification_id"])
