from . import test_issue
from . import test_send
from . import test_files
from . import test_loader
from . import test_portal_inbox
from . import test_portal_access
