# Tells the build which durable backend Bicep was told. Runs in functions/.
$ErrorActionPreference = 'Stop'
$backend = if ($env:DURABLE_BACKEND) { $env:DURABLE_BACKEND } else { 'storage' }
New-Item -ItemType Directory -Force obj | Out-Null
"<Project><PropertyGroup><DurableBackend>$backend</DurableBackend></PropertyGroup></Project>" | Set-Content obj/Functions.csproj.azd.props
