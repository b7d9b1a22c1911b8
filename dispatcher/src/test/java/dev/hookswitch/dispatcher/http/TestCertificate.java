package dev.hookswitch.dispatcher.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Writes X.509 certificates (RFC 5280, in DER): the JDK has no public class that does, and a process takes a second each. */
final class TestCertificate {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
    private static final byte[] COMMON_NAME = oid("550403");
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = oid("551d11");
    private static final byte[] BASIC_CONSTRAINTS = oid("551d13");
    private static final byte[] KEY_USAGE = oid("551d0f");
    private static final byte[] ECDSA_WITH_SHA256 = der(SEQUENCE, oid("2a8648ce3d040302"));
    /** The sixth bit, behind the number of bits that are not used. */
    private static final byte[] KEY_CERT_SIGN = der(BIT_STRING, new byte[] {2, 4});

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private TestCertificate() {}

    /** One that may sign others. */
    static byte[] authorityExtensions() {
        return join(
                der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(OCTET_STRING, der(SEQUENCE, TRUE))),
                der(SEQUENCE, KEY_USAGE, TRUE, der(OCTET_STRING, KEY_CERT_SIGN)));
    }

    static byte[] nameExtension(String name) {
        return der(
                SEQUENCE,
                SUBJECT_ALTERNATIVE_NAME,
                der(OCTET_STRING, der(SEQUENCE, der(DNS_NAME, name.getBytes(US_ASCII)))));
    }

    /** Valid from an hour ago for two days. The issuer's key is on a curve. */
    static Certificate make(
            String subject, PublicKey key, String issuer, PrivateKey issuerKey, byte[] extensions, Instant now)
            throws GeneralSecurityException {
        byte[] signed = der(
                SEQUENCE,
                der(VERSION, der(INTEGER, new byte[] {2})),
                der(
                        INTEGER,
                        new BigInteger(64, new SecureRandom())
                                .add(BigInteger.ONE)
                                .toByteArray()),
                ECDSA_WITH_SHA256,
                name(issuer),
                der(SEQUENCE, time(now.minus(Duration.ofHours(1))), time(now.plus(Duration.ofDays(2)))),
                name(subject),
                key.getEncoded(),
                der(EXTENSIONS, der(SEQUENCE, extensions)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(signed);
        byte[] whole = der(SEQUENCE, signed, ECDSA_WITH_SHA256, der(BIT_STRING, new byte[] {0}, signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] name(String commonName) {
        return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, commonName.getBytes(UTF_8)))));
    }

    private static byte[] time(Instant at) {
        return der(UTC_TIME, UTC.format(at).getBytes(US_ASCII));
    }

    private static byte[] oid(String hex) {
        return der(0x06, HexFormat.of().parseHex(hex));
    }

    private static byte[] der(int tag, byte[]... parts) {
        byte[] content = join(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int zero = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - zero));
            out.write(length, zero, length.length - zero);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
