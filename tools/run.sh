#!/bin/sh
# What `make run` does once the environment is there: the demo on the first start, then serve.
set -eu
port=${1:-8000}
data=${LETTERHEAD_DATA_DIR:-data}
letterhead=".venv/bin/python -m letterhead"
LETTERHEAD_BASE_URL=${LETTERHEAD_BASE_URL:-http://localhost:$port}
export LETTERHEAD_BASE_URL

# A first start that was interrupted is still the first one.
if [ ! -e "$data/letterhead.sqlite3" ] && [ ! -e "$data/demo-made" ]; then
  mkdir -p -m 700 "$data"
  touch "$data/first-start"
fi
if [ -e "$data/first-start" ]; then
  $letterhead migrate
  $letterhead demo
  mv "$data/first-start" "$data/demo-made"
elif [ -n "${DATABASE_URL:-}" ]; then
  $letterhead migrate
fi
if [ -e "$data/demo-made" ]; then
  echo "Demo sign-in: dana@riverside.example, password letterhead-demo-only"
fi
exec $letterhead serve --port "$port"
