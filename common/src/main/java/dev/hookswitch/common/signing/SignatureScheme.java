package dev.hookswitch.common.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A signature header as data. The templates know {@code {id}} (delivery id), {@code {timestamp}} (unix seconds) and, in
 * {@code each}, {@code {mac}}.
 *
 * @param header name of the header
 * @param prefix what the value begins with
 * @param each the form of one signature
 * @param separator between the signatures of two live secrets; null when the header has room for one only
 * @param signedPrefix what is signed in front of the body
 * @param encoding how the MAC is written
 * @param key which bytes of the secret are the key
 */
public record SignatureScheme(
        String header,
        String prefix,
        String each,
        @Nullable String separator,
        String signedPrefix,
        Encoding encoding,
        Key key) {

    // Stands first: the constant below is checked with it.
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** The trio of the Standard Webhooks specification 1.0.0; its two other headers are id and timestamp. */
    public static final SignatureScheme STANDARD_WEBHOOKS = new SignatureScheme(
            "webhook-signature", "", "v1,{mac}", " ", "{id}.{timestamp}.", Encoding.BASE64, Key.BASE64_DECODED);

    /** How a MAC is written. */
    public enum Encoding {
        @JsonProperty("hex")
        HEX,
        @JsonProperty("base64")
        BASE64
    }

    /** Which bytes of a secret are the key. */
    public enum Key {
        /** The whole text as UTF-8, {@code whsec_} included. */
        @JsonProperty("secret_text")
        SECRET_TEXT,
        /** The bytes that the base64 after {@code whsec_} stands for. */
        @JsonProperty("base64_decoded")
        BASE64_DECODED
    }

    public SignatureScheme {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(signedPrefix, "signed_prefix");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(key, "key");
        if (!each.contains("{mac}")) {
            throw new IllegalArgumentException("signature.each must contain {mac}, was: " + each);
        }
        if (!TOKEN.matcher(header).matches()) {
            throw new IllegalArgumentException("signature.header must be a token as RFC 9110 has it (5.6.2)");
        }
        printable("prefix", prefix);
        printable("each", each);
        printable("separator", separator);
    }

    private static void printable(String field, @Nullable String template) {
        if (template != null && !template.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "signature." + field + " must be printable ASCII: it goes into a header");
        }
    }
}
