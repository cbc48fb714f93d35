#!/usr/bin/env bash
# Installs the site on a server with Debian 12 or 13: systemd, nginx, SQLite. docs/operate.md, "Install".
# It can be run again: what is right stays, and every line says which it is.
set -euo pipefail
clone=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
source "$clone/deploy/release.sh"

usage() {
    cat <<'END'
Usage: deploy/install.sh [--domain skin.example.org] [more]
Run it as root.

  --domain NAME         the name under which readers find the site; without it, it is asked
  --email ADDRESS       where Let's Encrypt warns of a certificate that runs out
  --certificate FILE    a certificate of your own, with its chain, and
  --key FILE            its key; instead of one from Let's Encrypt
  --self-signed         a certificate that no browser believes, for a trial
  --name NAME           a second clinic on this server: a short name for it, such as rajshahi
  --dry-run             say what would be done, and change nothing
  --help                this
END
}

# --- What is asked for ---------------------------------------------------------------------------

domain='' email='' certificate='' key='' self_signed=false name='' dry_run=false
while (($#)); do
    case $1 in
        --domain | --email | --certificate | --key | --name)
            [[ -n ${2:-} && $2 != --* ]] || fail "$1 needs a value. See: deploy/install.sh --help"
            declare "${1#--}=$2"
            shift 2
            ;;
        --self-signed) self_signed=true && shift ;;
        --dry-run) dry_run=true && shift ;;
        --help) usage && exit ;;
        *) fail "$1 is not known. See: deploy/install.sh --help" ;;
    esac
done

[[ $(id -u) == 0 ]] || fail "run it as root: sudo deploy/install.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# `iontoinfo-backup` and its like are units of the first site.
if [[ -n $name ]]; then
    [[ $name =~ ^[a-z][a-z0-9]{0,15}$ ]] || fail "--name $name: at most 16 small letters and digits, a letter first."
    [[ ! -e $clone/deploy/systemd/iontoinfo-$name.timer && $name != failed && $name != trial ]] ||
        fail "--name $name: this name is taken by a part of the site. Choose another one."
fi
site=iontoinfo${name:+-$name}
var=/var/lib/$site

known=$(setting PUBLIC_URL)
known=${known#https://}
if [[ -z $domain && -n $known ]]; then domain=$known; fi
if [[ -z $domain ]]; then
    [[ -t 0 ]] || fail "--domain is missing, such as --domain skin.example.org"
    read -r -p "Under which name will readers find the site (such as skin.example.org)? " domain
fi
[[ ${#domain} -le 253 && $domain =~ ^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$ ]] ||
    fail "$domain is not the name of a site: small letters, digits, hyphens and dots, such as skin.example.org; no https:// and no path."
[[ -z $known || $known == "$domain" ]] ||
    fail "$site is $known already. For a second clinic add --name; to give this one another name, change PUBLIC_URL and ALLOWED_HOSTS in /etc/$site.env first."
for file in /etc/iontoinfo.env /etc/iontoinfo-*.env; do
    if [[ -f $file && $file != "/etc/$site.env" ]] && grep -qx "PUBLIC_URL=https://$domain" "$file"; then
        fail "$domain belongs to another site on this server: $file"
    fi
done

# --- Whether it can be done ----------------------------------------------------------------------

debian=$(. /etc/os-release && echo "${ID:-} ${VERSION_ID:-}")
[[ $debian == "debian 12" || $debian == "debian 13" ]] || fail "this is made for Debian 12 and 13, and here is: $debian"
[[ -d /run/systemd/system ]] || fail "systemd does not run here. In a container, see docs/deployment.md."
if command -v python3 >/dev/null; then
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "python3 here is older than 3.11."
fi
enough_space /srv
enough_space "$var"
for port in 80 443; do
    taken=$(ss -Hltnp "sport = :$port" 2>/dev/null | grep -v '"nginx"' | grep -oE '\(\("[^"]+' | head -n 1 || true)
    [[ -z $taken ]] || fail "port $port is taken by ${taken#*\"}. Only nginx may have it."
done
if id "$site" &>/dev/null && [[ $(getent passwd "$site" | cut -d: -f6) != "$var" ]]; then
    fail "there is a user $site already, of something else. Choose another --name."
fi
if ! getent ahosts "$domain" >/dev/null; then
    warn "$domain leads nowhere yet, as seen from here. Readers need it, and Let's Encrypt too."
fi

tls=/etc/$site-tls  # links to the certificate and its key, wherever they are
if [[ -n $certificate || -n $key ]]; then
    [[ -n $certificate && -n $key ]] || fail "--certificate and --key belong together."
    ! $self_signed || fail "either --self-signed or --certificate."
    for file in "$certificate" "$key"; do [[ -r $file ]] || fail "$file cannot be read."; done
    certificate=$(realpath --no-symlinks "$certificate") key=$(realpath --no-symlinks "$key")
    command -v openssl >/dev/null || fail "openssl is needed to look at the certificate: apt-get install openssl"
    openssl x509 -in "$certificate" -noout 2>/dev/null || fail "$certificate is no certificate (PEM)."
    openssl pkey -in "$key" -noout -passin pass: 2>/dev/null || fail "$key is no key without a password (PEM)."
    [[ $(openssl x509 -in "$certificate" -noout -pubkey) == "$(openssl pkey -in "$key" -pubout)" ]] ||
        fail "$key is not the key of $certificate."
    openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null || fail "$certificate has run out."
    openssl x509 -in "$certificate" -noout -checkhost "$domain" | grep -q 'does match' ||
        fail "$certificate is not for $domain."
    way=given
elif $self_signed; then
    way=self-signed
elif [[ -s $tls/fullchain.pem && $(readlink "$tls/fullchain.pem") != "$tls/self-signed.pem" ]]; then
    way=as-it-is
else
    way=certbot
    if [[ -z $email && -t 0 ]]; then
        read -r -p "The certificate comes from Let's Encrypt, whose terms you agree to by going on.
A mail address that it may warn (or nothing): " email
    fi
fi
[[ -z $email || $email =~ ^[^[:space:]@]+@[^[:space:]@]+$ ]] || fail "--email $email is no mail address."

find_source ''
if [[ -L /srv/$site/current && $(realpath "/srv/$site/current") != "$release" ]]; then
    warn "$(basename "$(realpath "/srv/$site/current")") is live and stays so. This clone has $version: deploy/update.sh brings it."
    release=$(realpath "/srv/$site/current") version=$(basename "$(realpath "/srv/$site/current")")
fi

# --- Doing it ------------------------------------------------------------------------------------

echo "$site: https://$domain, certificate: $way$($dry_run && echo '. Nothing is changed' || true)"

missing=()
packages=(nginx python3 python3-venv curl openssl ca-certificates dbus)
if [[ $way == certbot ]]; then packages+=(certbot); fi
for package in "${packages[@]}"; do
    if [[ $(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null) != *" installed" ]]; then
        missing+=("$package")
    fi
done
install_packages() {
    apt-get update -qq || warn "the lists of packages could not be read anew."
    DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq "$@" >"$scratch/apt" 2>&1 </dev/null ||
        { cat "$scratch/apt" >&2 && fail "the packages could not be installed."; }
}
if ((${#missing[@]})); then
    change "install Debian's packages ${missing[*]}" install_packages "${missing[@]}"
else
    right "Debian's packages ${packages[*]}"
fi

if id "$site" &>/dev/null; then
    right "user $site"
else
    change "add the user $site" useradd --system --user-group --home-dir "$var" --no-create-home --shell /usr/sbin/nologin "$site"
fi

if [[ -d $var && $(stat -c '%a %U' "$var" 2>/dev/null) == "750 $site" ]]; then
    right "$var"
else
    change "make $var, where the site writes" install -d -m 750 -o "$site" -g "$site" "$var"
fi

write_settings() {
    (umask 077 && cat >"/etc/$site.env") <<END
# The settings of https://$domain; docs/settings.md lists them. After a change: deploy/update.sh ${name:+--name $name }--restart
IONTOINFO_MODE=production
IONTOINFO_VAR=$var
SECRET_KEY=$(new_key)
PUBLIC_URL=https://$domain
ALLOWED_HOSTS=$domain
PROXY_HOPS=1
END
}
if [[ ! -e /etc/$site.env ]]; then
    change "write /etc/$site.env, the settings, with a new key, for root alone" write_settings
elif [[ $(stat -c '%a %U' "/etc/$site.env") != "600 root" ]]; then
    change "let root alone read /etc/$site.env" eval "chown root:root '/etc/$site.env' && chmod 600 '/etc/$site.env'"
else
    right "/etc/$site.env"
fi

make_release
link "/srv/$site/current" "$release"
link "/usr/local/sbin/$site" "/srv/$site/current/deploy/manage.sh"
units=$release
[[ -e $units/deploy/systemd ]] || units=$clone  # in a dry run there is no release yet
put_units "$units"

if ! $dry_run || [[ -e /usr/local/sbin/$site ]]; then
    if "$site" migrate --check </dev/null &>/dev/null; then
        right "the database"
    else
        prepare() { "$site" prepare </dev/null || fail "the database could not be made or reached. What DATABASE_URL says is in /etc/$site.env."; }
        change "bring the database up to date, and load what is shipped" prepare
    fi
else
    change "make the database, and load what is shipped" true
fi

# A new socket has to be opened anew, and with it the service starts anew.
if $socket_changed && systemctl is-active --quiet "$site.socket"; then
    change "open the socket anew" systemctl restart "$site.socket" "$site.service"
elif $units_changed && systemctl is-active --quiet "$site.service"; then
    change "restart $site" systemctl restart "$site.service"
fi
switch_on "$site.socket" "$site.service"
mapfile -t timers < <(timers_of "$units")
switch_on "${timers[@]}"

# --- nginx and its certificate -------------------------------------------------------------------

sign() {
    install -d -m 755 "$tls"
    (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 \
        -subj "/CN=$domain" -addext "subjectAltName=DNS:$domain" \
        -keyout "$tls/self-signed.key" -out "$tls/self-signed.pem" 2>/dev/null)
}
challenges=/var/www/$site-challenges  # where Let's Encrypt looks whether the name is ours
live=/etc/letsencrypt/live/$domain
reload_nginx=false
use() {  # CERTIFICATE KEY
    if [[ $(readlink "$tls/fullchain.pem") != "$1" ]]; then reload_nginx=true; fi
    if [[ ! -d $tls ]]; then change "make $tls" install -d -m 755 "$tls"; fi
    link "$tls/fullchain.pem" "$1"
    link "$tls/privkey.pem" "$2"
}
case $way in
    given) use "$certificate" "$key" ;;
    as-it-is) right "the certificate $(readlink "$tls/fullchain.pem")" ;;
    *)
        if [[ ! -s $tls/self-signed.pem ]] || ! openssl x509 -in "$tls/self-signed.pem" -noout -checkend 0 >/dev/null; then
            change "sign a certificate for $domain myself" sign
            reload_nginx=true
        else
            right "the certificate that was signed here"
        fi
        if [[ $way == certbot && -s $live/fullchain.pem ]]; then
            use "$live/fullchain.pem" "$live/privkey.pem"
        else
            use "$tls/self-signed.pem" "$tls/self-signed.key"
        fi
        ;;
esac

hosts=$(setting ALLOWED_HOSTS)
IFS=', ' read -r -a names <<<"${hosts:-$domain}"

# nginx 1.25.1 has `http2 on` of its own; an older one wants it said where it listens.
http2='' http2_on=''
nginx_version=$(nginx -v 2>&1 | grep -oE '[0-9]+(\.[0-9]+)+' || echo 0)
if printf '1.25.1\n%s\n' "$nginx_version" | sort -V -C; then http2_on=$'\n    http2 on;'; else http2=' http2'; fi
listen_6=''
if [[ -e /proc/net/if_inet6 ]]; then
    listen_6="
    listen [::]:80;
    listen [::]:443 ssl$http2;"
else
    warn "this machine has no IPv6, and nginx does not listen there."
fi
put "/etc/nginx/sites-available/$site" 644 <<END
# Written by deploy/install.sh. What is the same on every server is in the files that it includes.
include /srv/$site/current/deploy/nginx/maps.conf;

upstream $site {
    server unix:/run/$site.sock;
    keepalive 32;
}

# How long a page may be kept is said by the site, in Cache-Control.
proxy_cache_path /var/cache/nginx/$site levels=1:2 keys_zone=$site:10m max_size=256m
                 inactive=1m use_temp_path=off;

server {
    listen 80;
    listen 443 ssl$http2;$listen_6$http2_on
    server_name ${names[*]};
    ssl_certificate $tls/fullchain.pem;
    ssl_certificate_key $tls/privkey.pem;
    error_log /var/log/nginx/error.log emerg;

    set \$workers $site;
    set \$pages $site;
    set \$collected /srv/$site/current/collected;
    include /srv/$site/current/deploy/nginx/site.conf;

    location ^~ /.well-known/acme-challenge/ {
        root $challenges;
        default_type text/plain;
    }
}
END
if $wrote; then reload_nginx=true; fi
if [[ ! -d /var/cache/nginx ]]; then change "make /var/cache/nginx" install -d -m 755 /var/cache/nginx; fi
if [[ ! -L /etc/nginx/sites-enabled/$site ]]; then reload_nginx=true; fi
link "/etc/nginx/sites-enabled/$site" "/etc/nginx/sites-available/$site"

try_nginx() {
    if ! nginx -t -q 2>"$scratch/nginx"; then
        rm -f "/etc/nginx/sites-enabled/$site"
        cat "$scratch/nginx" >&2
        fail "nginx refuses what is above, so $site was taken out of it again. Mend that, and run this again."
    fi
    systemctl reload-or-restart nginx
}
if $reload_nginx; then change "test nginx's files, and let nginx read them" try_nginx; fi
switch_on nginx.service

get_certificate() {
    install -d -m 755 "$challenges"
    certbot certonly --non-interactive --agree-tos --keep-until-expiring --quiet \
        --webroot --webroot-path "$challenges" --domain "$(IFS=, && echo "${names[*]}")" --cert-name "$domain" \
        --deploy-hook 'systemctl reload nginx' \
        $(if [[ -n $email ]]; then echo --email "$email"; else echo --register-unsafely-without-email; fi) ||
        fail "Let's Encrypt gave no certificate. Until it does, the site has one that no browser believes. See that $domain leads to this server and that port 80 can be reached from outside; then run this again."
}
if [[ $way == certbot && ! -s $live/fullchain.pem ]]; then
    change "get a certificate for $domain from Let's Encrypt" get_certificate
    use "$live/fullchain.pem" "$live/privkey.pem"
    change "let nginx read it" systemctl reload nginx
fi

# --- Does it answer? -----------------------------------------------------------------------------

echo
if $dry_run; then
    echo "$changes changes would be made. Nothing was changed."
    exit
fi
is_well "/run/$site.sock" 30 || fail "the site does not answer: $wrong. What it says: journalctl --unit $site"
status=$(curl --silent --insecure --output /dev/null --write-out '%{http_code}' --max-time 15 \
    --resolve "$domain:443:127.0.0.1" "https://$domain/healthz" || true)
[[ $status == 200 ]] || fail "nginx does not hand out the site: /healthz answers $status. What nginx says: journalctl --unit nginx"
if ((changes)); then echo "$changes changes were made. https://$domain answers."; else echo "Nothing had to be changed. https://$domain answers."; fi
if [[ $(readlink "$tls/fullchain.pem") == "$tls/self-signed.pem" ]]; then
    echo
    echo "*** A TRIAL: its certificate is signed by this server itself. No browser believes it, and no"
    echo "*** patient may be led here. For a real one run this again without --self-signed."
fi
if [[ $("$site" shell -c 'from django.contrib.auth.models import User; print(User.objects.filter(is_superuser=True).exists() or User.objects.filter(groups__name="Administrator").exists())' </dev/null 2>/dev/null | tail -n 1) == False ]]; then
    echo
    echo "Nobody can log in yet. The first login is an Administrator's, for https://$domain/admin/ :"
    echo "    $site create_staff NAME --role Administrator"
fi
