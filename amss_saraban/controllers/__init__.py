from . import portal
from . import portal_inbox
from . import portal_register
from . import portal_draft
from . import portal_write
from . import portal_sent
from . import portal_returned
from . import portal_outside
