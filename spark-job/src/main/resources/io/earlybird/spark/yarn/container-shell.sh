# Read by the shell that YARN puts before a driver's JVM, which waits for its end and gives its exit code. SIGTERM goes to both: with
# a trap the shell waits on, while the JVM, which has none of it, saves.
unset BASH_ENV
trap : TERM
