from . import amss_circulate
from . import amss_correct_file
from . import amss_publish
from . import amss_reason
from . import amss_reserve
from . import amss_route
from . import amss_saraban_settings
from . import amss_send
