#!/bin/sh
# Makes the certificates of the TLS tests: an authority, a server's certificate for 127.0.0.1 and localhost, a client's certificate
# with its key in one file. They protect nothing. Made with OpenSSL 3.0; valid for 100 years.
set -eu
cd "$(dirname "$0")"
days=36500
new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

new_key authority-key.pem
openssl req -x509 -new -key authority-key.pem -days "$days" -subj '/CN=authority of tests' -out authority.pem

new_key server-key.pem
openssl req -new -key server-key.pem -subj '/CN=server of tests' -out server.csr
printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\n' >server.ext
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority-key.pem -CAcreateserial -days "$days" -extfile server.ext -out server.pem

new_key client-key.pem
openssl req -new -key client-key.pem -subj '/CN=client of tests' -out client.csr
openssl x509 -req -in client.csr -CA authority.pem -CAkey authority-key.pem -CAcreateserial -days "$days" -out client-certificate.pem
cat client-certificate.pem client-key.pem >client.pem

rm -f authority-key.pem authority.srl server.csr server.ext client.csr client-key.pem client-certificate.pem
