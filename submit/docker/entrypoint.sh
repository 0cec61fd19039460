#!/usr/bin/env bash
# What a container of the image runs:
#
#   driver ARGUMENT...   Spark's driver, with the arguments of spark-submit: what Spark's Kubernetes client asks for
#   executor             an executor, as the variables SPARK_* describe it: what Spark's driver asks for
#   COMMAND OPTION...    anything else is for submit/earlybird
#
# It ends in exec, so the signals that tini passes on reach the JVM.
set -euo pipefail

spark=${SPARK_HOME:-/opt/spark}
earlybird=${EARLYBIRD_HOME:-/opt/earlybird}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# where decom.sh finds the process of the executor
process_file=${TMPDIR:-/tmp}/earlybird-executor.pid

refuse() { printf 'entrypoint: %s\n' "$*" >&2; exit 2; }

# --- driver ---

# Spark's own launcher makes the command line of the JVM: memory, options and class path may stand in the properties file.
# Its output is a line for people, NUL, line end, and the words of the command with a NUL after each.
driver_line() {
  local words
  mapfile -d '' -t words < <(
    "$java" -Xmx128m -cp "$spark/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \
      --deploy-mode client --conf "spark.driver.bindAddress=${SPARK_DRIVER_BIND_ADDRESS:-0.0.0.0}" "$@" && printf 'made\0'
  )
  if [ "${#words[@]}" -lt 3 ] || [ "${words[-1]}" != made ]; then
    refuse "cannot make the command line of the driver: see above."
  fi
  unset 'words[-1]'
  line=("${words[@]:1}")
  line[0]=${line[0]#$'\n'}
}

run_driver() {
  driver_line "$@"
  exec "${line[@]}"
}

# --- executor ---

run_executor() {
  local name options=() class_path="${SPARK_CONF_DIR:-$spark/conf}:$spark/jars/*"
  for name in SPARK_DRIVER_URL SPARK_EXECUTOR_ID SPARK_EXECUTOR_CORES SPARK_EXECUTOR_MEMORY SPARK_APPLICATION_ID \
    SPARK_EXECUTOR_POD_IP SPARK_EXECUTOR_POD_NAME SPARK_RESOURCE_PROFILE_ID; do
    [ -n "${!name:-}" ] || refuse "$name is not set: executors are started by Spark's driver."
  done
  while read -r name; do options+=("${!name}"); done < <(compgen -v SPARK_JAVA_OPT_ | sort -V)
  class_path=${HADOOP_CONF_DIR:+$HADOOP_CONF_DIR:}${SPARK_CLASSPATH:+$SPARK_CLASSPATH:}$class_path
  echo $$ >"$process_file"
  # Spark reads the file of the secret only where it knows that it is on Kubernetes, which it does not tell executors in time
  options+=(-Dspark.master=k8s://driver)
  exec "$java" "@$earlybird/submit/jvm.options" "${options[@]}" "-Xmx$SPARK_EXECUTOR_MEMORY" -cp "$class_path" \
    org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
    --driver-url "$SPARK_DRIVER_URL" --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" \
    --app-id "$SPARK_APPLICATION_ID" --hostname "$SPARK_EXECUTOR_POD_IP" \
    --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" --podName "$SPARK_EXECUTOR_POD_NAME"
}

case ${1:-} in
  driver) run_driver "${@:2}" ;;
  executor) run_executor ;;
  # the launcher finds the image's Spark by itself
  *) exec env -u SPARK_HOME "$earlybird/submit/earlybird" "$@" ;;
esac
