#!/usr/bin/env bash
# Runs the tests of regul-beam on Apache Flink, in a process of its own on this machine: a night's batch, also after a kill, is that of regul run.
#   run.sh FOLDER        FOLDER keeps the libraries
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
port=${PORT:-8099}

if ! [ -e "$folder/ready" ]; then
    mvn -q -B -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$(realpath -m "$folder")"
    touch "$folder/ready"
fi

# Flink's serializers look into these packages of Java.
opens=()
for package in java.util java.lang java.lang.reflect java.net java.nio java.time java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks; do
    opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
java "${opens[@]}" -Xmx1g -cp "$folder/*" org.apache.beam.runners.flink.FlinkJobServerDriver \
    --job-host=localhost --job-port="$port" --artifact-port=0 --expansion-port=0 >"$folder/server.log" 2>&1 &
trap 'kill $!' EXIT
until (exec 3<>"/dev/tcp/localhost/$port") 2>/dev/null; do
    kill -0 $! || { cat "$folder/server.log" >&2; exit 1; }
    sleep 1
done
go -C "$here/.." test . -count 1 -timeout 30m -beam "--runner universal --endpoint localhost:$port --environment_type LOOPBACK"
