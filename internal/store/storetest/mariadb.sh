#!/bin/sh
# A MariaDB server of its own folder and port, for tests.
#
#   mariadb.sh start DIR PORT [OPTION...]    returns when the server answers
#   mariadb.sh stop DIR
#   mariadb.sh attend DIR PORT [OPTION...]   start, say "ready", and when standard
#                                            input ends (the test process is gone,
#                                            however it went) stop and remove DIR
#
# The server is reached as mysql://root@127.0.0.1:PORT/ and trusts everyone on
# this machine: it holds nothing but test data.
set -eu

fail() { echo "mariadb.sh: $*" >&2; exit 1; }

start() {
    dir=$1 port=$2
    shift 2
    PATH=$PATH:/usr/sbin:/sbin
    command -v mariadbd >/dev/null || fail "mariadbd is missing: apt-get install -y mariadb-server-core"
    sql=/usr/share/mysql
    [ -r "$sql/mysql_system_tables.sql" ] || fail "$sql/mysql_system_tables.sql is missing: apt-get install -y mariadb-server-core"
    mkdir -p "$dir/data" "$dir/tmp"
    chmod 700 "$dir"
    as="--no-defaults --datadir=$dir/data --tmpdir=$dir/tmp --innodb-log-file-size=32M --innodb-buffer-pool-size=64M"
    [ "$(id -u)" != 0 ] || as="$as --user=root"
    if [ ! -d "$dir/data/mysql" ]; then
        # mariadb-install-db does the same, but needs programs of the client package.
        { printf 'CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n'
          cat "$sql/mysql_system_tables.sql" "$sql/mysql_system_tables_data.sql"
          printf "DELETE FROM global_priv WHERE User <> 'root';\n"
        } | mariadbd $as --bootstrap --skip-networking >"$dir/bootstrap.log" 2>&1 ||
            { tail -5 "$dir/bootstrap.log" >&2; fail "bootstrap failed"; }
    fi
    mariadbd $as --bind-address=127.0.0.1 --port="$port" --socket="$dir/socket" --pid-file="$dir/pid" \
        --skip-name-resolve --skip-log-bin --performance-schema=OFF --max-connections=400 "$@" \
        >"$dir/server.log" 2>&1 </dev/null &
    server=$!
    for _ in $(seq 300); do
        kill -0 "$server" 2>/dev/null || { tail -5 "$dir/server.log" >&2; fail "mariadbd stopped"; }
        if grep -q 'ready for connections' "$dir/server.log"; then
            echo "$server" >"$dir/pid.sh"
            return 0
        fi
        sleep 0.1
    done
    kill -9 "$server"
    fail "mariadbd did not answer within 30 seconds"
}

stop() {
    [ -f "$1/pid.sh" ] || return 0
    server=$(cat "$1/pid.sh")
    kill "$server" 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    kill -9 "$server" 2>/dev/null || true
    rm -f "$1/pid.sh"
}

case ${1:-} in
start) shift; start "$@" ;;
stop) stop "$2" ;;
attend)
    shift
    trap '' INT TERM # Ctrl-C reaches the whole group; the end of input is the sign to go
    start "$@"
    echo ready
    cat >/dev/null
    kill -9 "$server" 2>/dev/null || true
    rm -rf "$dir"
    ;;
*) fail "start DIR PORT | stop DIR | attend DIR PORT" ;;
esac
