"""Scenarios: the test cases of a protocol, read from `protocols/<id>.scenarios.yaml` and held against what it does.

Pure, and the result is data: what was expected, what came of it, and the line that expected it.
"""

from playbook.scenarios.cases import Expectation, Failure, Ran, Scenario, Scenarios, Task
from playbook.scenarios.coverage import unused
from playbook.scenarios.reading import path_of, read
from playbook.scenarios.running import run

__all__ = ["Expectation", "Failure", "Ran", "Scenario", "Scenarios", "Task", "path_of", "read", "run", "unused"]
