#!/bin/sh
# Registers Forthright in Microsoft Entra ID and, without infra/'s Bicep, as an Azure Bot. infra/identity.md tells each step.
# It prints the commands and runs none of them, until --run is the last word; the settings that come of it go to its output.
# Run again, it finds what is there; a secret or certificate is added to the one before.
set -eu

usage() {
  cat >&2 <<'END'
Usage: sh infra/identity.sh desk DOMAIN [--run]
       sh infra/identity.sh bot DOMAIN GROUP managed [--run]
       sh infra/identity.sh bot DOMAIN GROUP secret|certificate FILE [--run]

  desk         the app registration that signs people in to the desk
  bot          the bot's own identity and its Azure Bot, where no template made them
  DOMAIN       the host at which people reach the bot, such as forthright.example
  GROUP        an Azure resource group
  FILE         takes what is secret: one more line of settings, or the certificate with its key
END
  exit 2
}

# Teams on desktop and mobile, and Teams on the web (Microsoft: "Configure your tab app in Microsoft Entra ID").
TEAMS_CLIENTS='1fec8e78-bce4-4aaf-ab1b-5451cc387264 5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
# The scope's own id: the same each time, since Graph lets nobody change that of an enabled scope.
SCOPE_ID='f0278164-7e57-4a7c-9d5e-5c09ed16ac55'
GRAPH='https://graph.microsoft.com/v1.0/applications'
RUN=no

# A word as a shell reads it.
quoted() {
  case "$1" in
    '' | *[!A-Za-z0-9_/.:=@-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

tell() {
  printf 'az'
  for word in "$@"; do printf ' %s' "$(quoted "$word")"; done
  printf '\n'
} >&2

act() {
  tell "$@"
  if [ "$RUN" = yes ]; then az "$@" >/dev/null; fi
}

# The one value that a command gives; its name where nothing is run.
ask() {
  name=$1
  shift
  tell "$@"
  if [ "$RUN" = yes ]; then az "$@" -o tsv; else printf '<%s>' "$name"; fi
}

# Where a registration has that name already, az finds it again.
register() {
  ask "$1" ad app create --display-name "$2" --sign-in-audience AzureADMyOrg --query appId
}

# Without a service principal nobody in the tenant is given a token.
admit() {
  tell ad sp create --id "$1"
  if [ "$RUN" = yes ]; then az ad sp show --id "$1" >/dev/null 2>&1 || az ad sp create --id "$1" >/dev/null; fi
}

change() {
  act rest --method PATCH --url "$GRAPH/$1" --headers Content-Type=application/json --body "$2"
}

desk() {
  domain=$1
  client=$(register CLIENT_ID "Forthright desk, $domain")
  object=$(ask OBJECT_ID ad app show --id "$client" --query id)
  scope="{\"id\":\"$SCOPE_ID\",\"value\":\"access_as_user\",\"type\":\"User\",\"isEnabled\":true,\"adminConsentDisplayName\":\"Open Forthright's desk\",\"adminConsentDescription\":\"Lets Teams tell Forthright who opens its desk.\",\"userConsentDisplayName\":\"Open Forthright's desk\",\"userConsentDescription\":\"Lets Teams tell Forthright that it is you.\"}"
  # Tokens of version 2 name the client id as their audience; acct tells guests from people of the organisation.
  change "$object" "{\"identifierUris\":[\"api://$domain/$client\"],\"api\":{\"requestedAccessTokenVersion\":2,\"oauth2PermissionScopes\":[$scope]},\"optionalClaims\":{\"accessToken\":[{\"name\":\"acct\",\"essential\":false}]}}"
  # Only a scope that is there already can be given to somebody.
  clients=''
  for one in $TEAMS_CLIENTS; do
    clients="$clients${clients:+,}{\"appId\":\"$one\",\"delegatedPermissionIds\":[\"$SCOPE_ID\"]}"
  done
  change "$object" "{\"api\":{\"preAuthorizedApplications\":[$clients]}}"
  admit "$client"
  printf 'TAB_AUDIENCE=%s\n' "$client"
  printf 'PUBLIC_URL=https://%s\n' "$domain"
}

bot() {
  domain=$1 group=$2 proof=$3 file=$4
  tenant=$(ask TENANT_ID account show --query tenantId)
  case "$proof" in
    managed)
      app=$(ask APP_ID identity create --name forthright --resource-group "$group" --query clientId)
      resource=$(ask RESOURCE_ID identity show --name forthright --resource-group "$group" --query id)
      set -- --app-type UserAssignedMSI --msi-resource-id "$resource"
      type=UserAssignedMSI
      ;;
    secret | certificate)
      app=$(register APP_ID "Forthright bot, $domain")
      admit "$app"
      "$proof" "$app" "$file"
      set -- --app-type SingleTenant
      type=SingleTenant
      ;;
    *) usage ;;
  esac
  act bot create --name "forthright-$(printf '%s' "$app" | cut -c1-8)" --resource-group "$group" --sku F0 --appid "$app" --tenant-id "$tenant" --endpoint "https://$domain/api/messages" "$@"
  act bot msteams create --name "forthright-$(printf '%s' "$app" | cut -c1-8)" --resource-group "$group"
  printf 'MICROSOFT_APP_ID=%s\n' "$app"
  printf 'MICROSOFT_APP_TENANT_ID=%s\n' "$tenant"
  printf 'MICROSOFT_APP_TYPE=%s\n' "$type"
  if [ "$proof" = certificate ]; then printf 'MICROSOFT_APP_CERTIFICATE=%s\n' "$file"; fi
}

# Into a file that only its owner reads, never on the screen.
secret() {
  value=$(ask MICROSOFT_APP_PASSWORD ad app credential reset --id "$1" --append --years 1 --query password)
  if [ "$RUN" = yes ]; then (umask 077 && printf 'MICROSOFT_APP_PASSWORD=%s\n' "$value" >>"$2"); fi
}

certificate() {
  printf "(umask 077; mkdir -p %s; openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 365 -subj /CN=forthright -keyout %s -out %s.crt && cat %s.crt >>%s)\n" "$(dirname "$2")" "$2" "$2" "$2" "$2" >&2
  if [ "$RUN" = yes ]; then
    (umask 077 && mkdir -p "$(dirname "$2")" && openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 365 -subj /CN=forthright -keyout "$2" -out "$2.crt" 2>/dev/null && cat "$2.crt" >>"$2")
  fi
  act ad app credential reset --id "$1" --append --cert "@$2.crt"
}

for last in "$@"; do :; done
count=$#
if [ "${last:-}" = --run ]; then
  RUN=yes
  count=$((count - 1))
fi
case "${2:-}" in *[!a-z0-9.-]* | '' | .* | *.) usage ;; esac
case "$1.$count" in
  desk.2) desk "$2" ;;
  bot.4) [ "$4" = managed ] || usage; bot "$2" "$3" managed '' ;;
  bot.5) bot "$2" "$3" "$4" "$5" ;;
  *) usage ;;
esac
