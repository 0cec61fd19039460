"""Every night the same command: it begins a run, goes on with it, or says that it is complete.

For Airflow 2.4 or later. EARLYBIRD_HOME is the project's directory on the workers. A task that fails is tried again and goes
on from the last checkpoint.
"""

import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

HOME = os.environ.get("EARLYBIRD_HOME", "/opt/earlybird")

with DAG(
    dag_id="earlybird_nightly",
    schedule="0 1 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # the run directory keeps a second driver away as well
    max_active_runs=1,
    # a task that ran out of its time is tried again too, and goes on for as long once more
    default_args={"retries": 1, "retry_delay": timedelta(minutes=5)},
) as dag:
    BashOperator(
        task_id="train",
        cwd=HOME,
        bash_command="exec submit/earlybird train --cluster yarn --conf conf/nightly.conf",
        # Airflow sends SIGTERM: the driver finishes the round, saves and ends
        execution_timeout=timedelta(hours=6),
    )
