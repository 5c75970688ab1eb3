# A PostgreSQL server of the tests' own: in a temporary folder, on loopback and a free port. The
# server refuses to run as root, so root runs it as Debian's user postgres.

POSTGRES_FOLDER=''
POSTGRES_DATA=''

# Where its data lie: in memory where there is room, because what is ended here is the server and
# not the machine, and each of hundreds of starts looks through all files.
postgres_place() {
  local free_kb
  free_kb=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || free_kb=0
  if ((free_kb > 3000000)); then echo /dev/shm; else echo /tmp; fi
}

as_postgres() {
  if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi
}

postgres_programs() {
  local newest
  newest=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  [[ -x $newest/postgres ]] || die 'no PostgreSQL server is installed'
  echo "$newest"
}

# Starts the server and sets HOLDFAST_TEST_POSTGRES and PGPASSWORD for the tests. Those that kill
# it start it again with the script HOLDFAST_TEST_POSTGRES_START, and find the process's id in
# HOLDFAST_TEST_POSTGRES_PID.
start_postgres() {
  local programs port
  need_packages postgres
  programs=$(postgres_programs)
  POSTGRES_FOLDER=$(mktemp -d /tmp/holdfast-postgres.XXXXXX)
  PGPASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  export PGPASSWORD
  POSTGRES_DATA=$(mktemp -d "$(postgres_place)/holdfast-postgres-data.XXXXXX")
  ((EUID == 0)) && chown postgres "$POSTGRES_FOLDER" "$POSTGRES_DATA"
  chmod 0755 "$POSTGRES_FOLDER"
  echo "$PGPASSWORD" >"$POSTGRES_FOLDER/password"
  as_postgres "$programs/initdb" -D "$POSTGRES_DATA" -U holdfast -E UTF8 --locale=C.UTF-8 \
    --auth=scram-sha-256 --pwfile="$POSTGRES_FOLDER/password" --no-sync \
    >"$POSTGRES_FOLDER.log" 2>&1 ||
    { tail -n 5 "$POSTGRES_FOLDER.log"; die 'initdb failed'; }
  port=$("$PYTHON" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
  # Durable as in production: fsync and full pages stay on. A small cache, for small machines.
  cat >"$POSTGRES_FOLDER.start" <<EOF
#!/bin/sh
exec $( ((EUID == 0)) && echo 'runuser -u postgres --') $programs/postgres \\
  -D $POSTGRES_DATA -h 127.0.0.1 -p $port -k $POSTGRES_FOLDER \\
  -c shared_buffers=64MB -c max_connections=60 -c log_min_messages=fatal \\
  >>$POSTGRES_FOLDER.log 2>&1
EOF
  chmod 0755 "$POSTGRES_FOLDER.start"
  export HOLDFAST_TEST_PSQL=$programs/psql
  export HOLDFAST_TEST_POSTGRES="postgres://holdfast@127.0.0.1:$port/DATABASE"
  export HOLDFAST_TEST_POSTGRES_START=$POSTGRES_FOLDER.start
  export HOLDFAST_TEST_POSTGRES_PID=$POSTGRES_DATA/postmaster.pid
  "$POSTGRES_FOLDER.start" &
  local tries
  for ((tries = 0; tries < 150; tries++)); do
    "$programs/pg_isready" -q -h 127.0.0.1 -p "$port" && return 0
    sleep 0.2
  done
  tail -n 5 "$POSTGRES_FOLDER.log"
  die 'the PostgreSQL server did not start'
}

# Makes a database of its own and prints its address.
make_database() {
  local url=${HOLDFAST_TEST_POSTGRES/DATABASE/postgres}
  "$HOLDFAST_TEST_PSQL" -q -c "create database $1 template template0 encoding 'UTF8'" "$url" >&2
  echo "${HOLDFAST_TEST_POSTGRES/DATABASE/$1}"
}

# Stops it and removes its folder; for a trap.
stop_postgres() {
  local pid=''
  [[ -n $POSTGRES_FOLDER ]] || return 0
  read -r pid <"$POSTGRES_DATA/postmaster.pid" 2>/dev/null || true
  if [[ -n $pid ]]; then
    kill -INT "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  fi
  rm -rf "$POSTGRES_DATA" "$POSTGRES_FOLDER" "$POSTGRES_FOLDER.start" "$POSTGRES_FOLDER.log"
  POSTGRES_FOLDER=''
}
