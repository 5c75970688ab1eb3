# Sourced by ./x and by every stage: the project's root and all functions. It must do no work by
# itself.
HOLDFAST_ROOT=${HOLDFAST_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
export HOLDFAST_ROOT
cd "$HOLDFAST_ROOT" || exit 1
for part in base packages node console deps build lint test deliveries fuzz postgres new; do
  # shellcheck source=/dev/null
  source "$HOLDFAST_ROOT/tools/x.d/$part.sh"
done
unset part
