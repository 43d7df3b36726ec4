"""Settings of a server that a test starts beside itself, on the test's own database."""

from __future__ import annotations

import json
import os
from pathlib import Path

from clavet.settings.test import *  # noqa: F403
from clavet.settings.test import DATABASES

DATA = Path(os.environ["NODE_DATA"])
DATABASES["default"] |= json.loads(os.environ["NODE_DATABASE"])
