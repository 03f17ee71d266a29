#!/bin/sh
# Tells the build which durable backend Bicep was told. Runs in functions/.
set -eu
mkdir -p obj
cat > obj/Functions.csproj.azd.props <<EOF
<Project><PropertyGroup><DurableBackend>${DURABLE_BACKEND:-storage}</DurableBackend></PropertyGroup></Project>
EOF
