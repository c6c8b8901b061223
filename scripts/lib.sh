# Small functions that the scripts of this folder share. Sourced, never run.
# shellcheck shell=bash disable=SC2034  # the scripts that source it use them
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
STATE=${AMSS_STATE:-$ROOT/.run} # everything that the scripts make lives here
mkdir -p "$STATE"
STATE=$(cd "$STATE" && pwd -P)
PORT=${AMSS_PORT:-8069}
DATABASE=${AMSS_DB:-amss}
ODOO_PREFIX=$STATE/odoo19 # not "odoo": Python would take it for a package
PDF_PREFIX=$STATE/wkhtmltopdf # only where Debian has none
PATH=$PDF_PREFIX/bin:$PATH
VENV=$STATE/venv
LINT_VENV=$STATE/lint
NODE_DIR=$STATE/node
LOGS=$STATE/log
SCRIPT=${0##*/}

export LC_ALL=C.UTF-8
# caches and downloaded corpora stay inside the checkout too
unset PYTHAINLP_DATA_DIR
export XDG_CACHE_HOME=$STATE/cache XDG_DATA_HOME=$STATE/share PYTHAINLP_DATA=$STATE/data/pythainlp
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
export npm_config_cache=$STATE/tmp/npm npm_config_update_notifier=false
mkdir -p "$LOGS" "$STATE/tmp" "$STATE/stamps" "$XDG_CACHE_HOME" "$PYTHAINLP_DATA"

# ---------------------------------------------------------------- messages

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

# die "what is wrong and what to do" "the same in Thai"
die() {
    warn "" "✗ $1"
    warn "✗ $2"
    exit 1
}

free_megabytes() { df -Pm "$STATE" | awk 'NR == 2 { print $4 }'; }

need_space() { # need_space MEGABYTES
    local free
    free=$(free_megabytes)
    ((free >= $1)) || die \
        "$1 MB of free disk space are needed under $STATE, only $free MB are free. Make room, or name a folder on a larger disk with AMSS_STATE=/folder, and run the command again: it goes on where it stopped." \
        "ต้องการพื้นที่ว่าง $1 MB ใน $STATE แต่เหลือเพียง $free MB โปรดเพิ่มพื้นที่ หรือระบุโฟลเดอร์ในดิสก์ที่ใหญ่กว่าด้วย AMSS_STATE=/folder แล้วสั่งอีกครั้ง ระบบจะทำต่อจากเดิม"
}

# nothing half-done stays, nor takes up space
drop_half_done() {
    rm -rf "$ODOO_PREFIX.new" "$PDF_PREFIX.new" "$NODE_DIR.new" "${STATE:?}"/tmp/*
}

# explain_failure STEP LOG: says why a step failed, as far as its output tells
explain_failure() {
    local free
    awk '/^=== / { text = "" } { text = text "    " $0 "\n" } END { printf "%s", text }' "$2" |
        tail -n 25 >&2
    free=$(free_megabytes)
    [[ $SCRIPT != setup ]] || drop_half_done
    if ((free < 200)) || tail -n 60 "$2" | grep -q 'No space left on device'; then
        die "The disk is full ($free MB free) while: $1. Make room or set AMSS_STATE to a folder on a larger disk, then run the command again: it goes on where it stopped." \
            "ดิสก์เต็ม (เหลือ $free MB) โปรดเพิ่มพื้นที่ หรือกำหนด AMSS_STATE เป็นโฟลเดอร์ในดิสก์ที่ใหญ่กว่า แล้วสั่งอีกครั้ง ระบบจะทำต่อจากเดิม"
    fi
    if [[ $SCRIPT == setup ]] && tail -n 60 "$2" | grep -qiE 'could not resolve|name resolution|network is unreachable|connection (timed out|refused|failed)|failed to fetch|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|NewConnectionError'; then
        die "The network was not reachable while: $1. Check the connection (and proxy) and run the command again: it goes on where it stopped. Full log: $2" \
            "เชื่อมต่อเครือข่ายไม่ได้ โปรดตรวจสอบอินเทอร์เน็ต (และพร็อกซี) แล้วสั่งอีกครั้ง ระบบจะทำต่อจากเดิม บันทึกทั้งหมดอยู่ที่ $2"
    fi
    die "Failed: $1. The end of the log is above, all of it in $2" \
        "ไม่สำเร็จ: $1 ท้ายบันทึกอยู่ด้านบน บันทึกทั้งหมดอยู่ที่ $2"
}

STEP_PID=
stop_step() {
    [[ -z $STEP_PID ]] || kill -TERM -- "-$STEP_PID" 2>/dev/null || true
}

# step "What is done" command…: runs it with its output in a log, shows the seconds
step() {
    local title=$1 log=$LOGS/$SCRIPT.log began=$SECONDS now beat=0
    shift
    printf '\n=== %s\n' "$title" >>"$log"
    set -m # a process group of its own, to end it as a whole
    "$@" >>"$log" 2>&1 </dev/null &
    STEP_PID=$!
    set +m
    trap 'stop_step; exit 130' INT TERM
    [[ -t 1 ]] || printf '  …     %s\n' "$title"
    while kill -0 "$STEP_PID" 2>/dev/null; do
        now=$((SECONDS - began))
        if [[ -t 1 ]]; then
            printf '\r  %4d s %s' "$now" "$title"
        elif ((now >= beat + 30)); then
            beat=$now
            printf '  %4d s %s …\n' "$now" "$title"
        fi
        sleep 0.3
    done
    now=$((SECONDS - began))
    if ! wait "$STEP_PID"; then
        STEP_PID=
        printf '%s  ✗     %s\n' "$([[ ! -t 1 ]] || printf '\r')" "$title"
        explain_failure "$title" "$log"
    fi
    STEP_PID=
    printf '%s  %4d s %s ✓\n' "$([[ ! -t 1 ]] || printf '\r')" "$now" "$title"
}

# ------------------------------------------------------------- locks, stamps

# lock NAME FD: one run at a time; the second one waits and says so
lock() {
    local file=$STATE/$1.lock
    eval "exec $2>>\"\$file\""
    flock -n "$2" && return 0
    say "Another run is at work here, waiting for it … | มีคำสั่งอื่นกำลังทำงานอยู่ โปรดรอ …"
    flock "$2"
}

# done_before NAME KEY: was this step finished with the same key?
done_before() { [[ -f $STATE/stamps/$1 && $(<"$STATE/stamps/$1") == "$2" ]]; }
mark_done() { printf '%s\n' "$2" >"$STATE/stamps/$1.new" && mv "$STATE/stamps/$1.new" "$STATE/stamps/$1"; }

checksum() { cat "$@" | sha256sum | cut -c1-16; }

# -------------------------------------------------------------------- addons

# every folder with a manifest is an addon; nothing lists them by name
addons() {
    local manifest
    for manifest in "$ROOT"/*/__manifest__.py; do
        [[ -e $manifest ]] || continue
        basename "$(dirname "$manifest")"
    done
}

comma() { paste -sd, -; }

# the folder of an Odoo source tree that the user named, or nothing
odoo_source() { [[ -z ${AMSS_ODOO:-} || ! -d ${AMSS_ODOO:-} ]] || (cd "$AMSS_ODOO" && pwd); }

addons_path() {
    local source
    source=$(odoo_source)
    if [[ -n $source && -d $source/addons ]]; then
        printf '%s,%s' "$source/addons" "$ROOT"
    else
        printf '%s' "$ROOT"
    fi
}

odoo() { "$VENV/bin/python" -m odoo "$@"; }

# write_config FILE [LINE…]: an Odoo configuration for our server and addons
write_config() {
    local file=$1
    shift
    (
        umask 077
        cat >"$file.new" <<CONF
[options]
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
db_password = ${PGPASSWORD:-}
data_dir = $STATE/data
addons_path = $(addons_path)
http_interface = 127.0.0.1
list_db = False
$(printf '%s\n' "$@")
CONF
    )
    mv "$file.new" "$file"
}

port_in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ---------------------------------------------------------------- PostgreSQL

PG=$STATE/pg
PG_CAPABILITY=

pg_bin() { # the newest server that the system has
    local bin newest=
    for bin in /usr/lib/postgresql/*/bin; do
        [[ -x $bin/initdb ]] && newest=$bin
    done
    [[ -n $newest ]] || die \
        "PostgreSQL is not installed. Run ./scripts/demo, which installs it, or name a server of yours with AMSS_PG=postgresql://user:password@host:port" \
        "ยังไม่มี PostgreSQL โปรดสั่ง ./scripts/demo เพื่อติดตั้ง หรือระบุเซิร์ฟเวอร์ที่มีอยู่ด้วย AMSS_PG=postgresql://user:password@host:port"
    printf '%s' "$newest"
}

# PostgreSQL refuses to run as root: then it runs as the user of its package
as_pg() (
    cd "$PG"
    if ((EUID != 0)); then
        exec "$@"
    fi
    # shellcheck disable=SC2086  # no capability: no word
    exec setpriv --reuid=postgres --regid=postgres --init-groups $PG_CAPABILITY -- "$@"
)

# A checkout below a closed folder (/root) cannot be entered by another user;
# the server then keeps the one right to walk through folders.
find_pg_capability() {
    local name
    ((EUID == 0)) || return 0
    for name in "" dac_read_search dac_override; do
        PG_CAPABILITY=${name:+--inh-caps=+$name --ambient-caps=+$name}
        # opened, not asked about with test(1): access(2) knows nothing of this right
        # shellcheck disable=SC2016  # a word of the inner shell
        if as_pg sh -c ': >"$1/.probe"' probe "$PG" 2>/dev/null; then
            return 0
        fi
    done
    die "PostgreSQL runs as user postgres, who cannot enter $PG. Open the folders above it (chmod o+x), or move the state with AMSS_STATE=/folder." \
        "PostgreSQL ทำงานด้วยผู้ใช้ postgres ซึ่งเข้า $PG ไม่ได้ โปรดเปิดสิทธิ์โฟลเดอร์ (chmod o+x) หรือย้ายด้วย AMSS_STATE=/folder"
}

pg_init() {
    local bin
    bin=$(pg_bin)
    rm -rf "$PG/data.new"
    (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '/+=' >"$PG/password")
    ((EUID != 0)) || chown postgres "$PG/password"
    as_pg "$bin/initdb" --pgdata="$PG/data.new" --username=postgres --no-sync \
        --encoding=UTF8 --locale=C.UTF-8 --auth=scram-sha-256 \
        --pwfile="$PG/password"
    cat >>"$PG/data.new/postgresql.conf" <<'CONF'
listen_addresses = '127.0.0.1'
max_connections = 200
shared_buffers = 128MB
timezone = 'UTC'
jit = off
CONF
    mv "$PG/data.new" "$PG/data"
}

pg_running() { [[ -d $PG/data ]] && as_pg "$(pg_bin)/pg_ctl" -D "$PG/data" status >/dev/null 2>&1; }

pg_free_port() {
    local port
    for port in $(seq 5470 5569); do
        port_in_use "$port" || { printf '%s' "$port" && return 0; }
    done
    die "No port from 5470 to 5569 is free for PostgreSQL." "ไม่มีพอร์ตว่างในช่วง 5470–5569 สำหรับ PostgreSQL"
}

pg_launch() {
    local port socket=$PG/socket
    port=$(pg_free_port)
    # a socket's path may be 107 bytes long, not more
    ((${#socket} < 90)) || socket=
    as_pg "$(pg_bin)/pg_ctl" -D "$PG/data" -l "$PG/log" -w -t 60 \
        -o "-p $port -k '$socket'" start 6>&- 7>&- 8>&- 9>&-
}

# our own role: it may create databases, and nothing more
pg_role() {
    PGUSER=postgres psql -qX -d postgres -v ON_ERROR_STOP=1 <<SQL
DO \$\$ BEGIN CREATE ROLE amss LOGIN CREATEDB; EXCEPTION WHEN duplicate_object THEN END \$\$;
ALTER ROLE amss PASSWORD '$PGPASSWORD';
SQL
    touch "$PG/role"
}

# pg_read_named: what AMSS_PG names, as libpq variables; something listens there
pg_read_named() {
    local pattern='^postgres(ql)?://(([^:@/]+)(:([^@/]*))?@)?([^:/@]*)(:([0-9]+))?/?$'
    [[ $AMSS_PG =~ $pattern ]] || die \
        "AMSS_PG=$AMSS_PG is not of the form postgresql://user:password@host:port" \
        "AMSS_PG=$AMSS_PG ไม่ถูกรูปแบบ ต้องเป็น postgresql://user:password@host:port"
    export PGUSER=${BASH_REMATCH[3]:-$(id -un)} PGPASSWORD=${BASH_REMATCH[5]:-}
    export PGHOST=${BASH_REMATCH[6]:-127.0.0.1} PGPORT=${BASH_REMATCH[8]:-5432}
    (exec 3<>"/dev/tcp/$PGHOST/$PGPORT") 2>/dev/null || pg_no_answer "nothing listens there"
}

pg_no_answer() { # pg_no_answer WHY
    die "PostgreSQL at $PGHOST:$PGPORT does not answer user $PGUSER: $1. Start it or correct AMSS_PG; without AMSS_PG a private server is used." \
        "เชื่อมต่อ PostgreSQL ที่ $PGHOST:$PGPORT ด้วยผู้ใช้ $PGUSER ไม่ได้ โปรดเปิดเซิร์ฟเวอร์หรือแก้ AMSS_PG หากไม่กำหนด AMSS_PG ระบบจะใช้เซิร์ฟเวอร์ส่วนตัว"
}

pg_use_named() {
    local answer
    pg_read_named
    answer=$(psql -qXAt -d postgres -c \
        "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user" 2>&1) ||
        pg_no_answer "$answer"
    [[ $answer == t ]] || die \
        "The PostgreSQL user $PGUSER may not create databases (ALTER ROLE $PGUSER CREATEDB)." \
        "ผู้ใช้ PostgreSQL $PGUSER ไม่มีสิทธิ์สร้างฐานข้อมูล (ALTER ROLE $PGUSER CREATEDB)"
}

PG_STARTED=
# pg_up: a running server, and PGHOST, PGPORT, PGUSER, PGPASSWORD that reach it
pg_up() {
    if [[ -n ${AMSS_PG:-} ]]; then
        pg_use_named
        return 0
    fi
    lock postgres 9
    mkdir -p "$PG/socket"
    ((EUID != 0)) || chown postgres "$PG" "$PG/socket"
    find_pg_capability
    [[ -d $PG/data ]] || step "Private PostgreSQL: new cluster" pg_init
    if ! pg_running; then
        step "Private PostgreSQL: start" pg_launch
        PG_STARTED=1
    fi
    PGPORT=$(sed -n 4p "$PG/data/postmaster.pid")
    PGPASSWORD=$(<"$PG/password")
    export PGHOST=127.0.0.1 PGPORT PGUSER=amss PGPASSWORD
    [[ -f $PG/role ]] || step "Private PostgreSQL: role" pg_role
    exec 9>&-
}

pg_down() {
    find_pg_capability
    ! pg_running || as_pg "$(pg_bin)/pg_ctl" -D "$PG/data" -m fast -w stop >/dev/null
}

database_exists() { [[ $(psql -qXAt -d postgres -c "SELECT 1 FROM pg_database WHERE datname = '$1'") == 1 ]]; }

# Thai words are found by trigrams only where LC_CTYPE knows Thai letters
create_database() { # create_database NAME
    createdb -T template0 -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 "$1"
    psql -qX -d "$1" -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm'
}

# ---------------------------------------------------------- the demo's server

# the process of our pid file, if it is still ours and not a later one's number
odoo_running() {
    local pid
    pid=$(cat "$STATE/odoo.pid" 2>/dev/null) || return 1
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$STATE/odoo.conf"
}

odoo_answers() { # odoo_answers PORT
    local line
    {
        exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
        printf 'GET /web/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        IFS= read -r -t 20 line <&3 || line=
        exec 3>&-
    } 2>/dev/null
    [[ $line == HTTP/*\ 200* ]]
}

stop_odoo() {
    local pid i
    odoo_running || return 0
    pid=$(<"$STATE/odoo.pid")
    kill -TERM "$pid"
    for ((i = 0; i < 100; i++)); do
        odoo_running || break
        sleep 0.2
    done
    ! odoo_running || kill -KILL "$pid"
    rm -f "$STATE/odoo.pid"
}
