#!/usr/bin/env bash
# Runs the unit tests as an ordinary user, in a copy of the project without koffi and unix-dgram, where no network
# namespace can be made: what fixtures are for. Needs root, to become that user. Arguments are vitest's.
set -euo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar -c --exclude=./.git --exclude=./dist --exclude=./dist-bench --exclude='./node_modules/koffi' --exclude='./node_modules/@koromix' \
  --exclude='./node_modules/unix-dgram' --exclude='./node_modules/.vite*' . | tar -x -C "$copy"
chown -R 65534:65534 "$copy"
cd "$copy"
export HOME="$copy" TMPDIR="$copy"
# A user namespace of its own is as many as this user gets.
exec_as_user=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --)
without_namespaces='echo 0 > /proc/sys/user/max_user_namespaces; echo 0 > /proc/sys/user/max_net_namespaces; exec "$@"'
"${exec_as_user[@]}" unshare --user --map-root-user sh -c "$without_namespaces" sh \
  setpriv --bounding-set=-all --inh-caps=-all --no-new-privs \
  node node_modules/vitest/vitest.mjs run --project unit "$@"
