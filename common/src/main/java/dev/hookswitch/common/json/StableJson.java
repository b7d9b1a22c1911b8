package dev.hookswitch.common.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON as JavaScript would print it: {@code JSON.stringify(JSON.parse(body)) === body} holds for the result.
 * Follows ECMA-262, 15th edition: JSON.parse and JSON.stringify (25.5), Number::toString (6.1.6.1.20) and the order of
 * own properties (10.1.11.1).
 *
 * <ul>
 *   <li>No white space. Strings are escaped only where JSON.stringify does; all else is raw UTF-8.
 *   <li>Numbers are printed as JavaScript prints them: {@code 2500.00} as {@code 2500}, {@code 1e21} as {@code 1e+21},
 *       {@code -0} as {@code 0}.
 *   <li>Keys keep their order, except that array indices (0 to 4294967294 without leading zeros) come first, ascending.
 *       Of a key that comes twice the last value stands at the first place.
 *   <li>Three kinds of number would lose their value in JavaScript: integer literals beyond 2^53 that it prints
 *       otherwise, numbers too large for a double, and numbers so small that they would turn into zero. They are
 *       written exactly as they came and counted in {@link StableValue#unstableNumbers()}.
 * </ul>
 *
 * <p>Input is strict: RFC 8259 in well-formed UTF-8. A byte order mark is an error, as it is for JSON.parse. So is an
 * unpaired surrogate in a key, which JSON.parse would take but Jackson does not (nor does RFC 7493, section 2.1).
 */
public final class StableJson {

    /** Arrays and objects within each other. Keeps the recursion of every later reader shallow. */
    public static final int MAX_NESTING_DEPTH = 200;

    /** Digits of one number. Longer ones cost more than linear time to convert. */
    public static final int MAX_NUMBER_DIGITS = 1_000;

    /** Bytes of one object key, about. Parsers share a table of some thousand keys, which this keeps small. */
    public static final int MAX_KEY_BYTES = 2_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Keys come from many customers: interned, they would crowd the table of the whole process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Colliding keys of one document must not make the parser refuse the next: the table grows, or is emptied.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            // UTF-8 only: no guess at UTF-16 or UTF-32, no byte order mark.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING_DEPTH)
                    .maxNumberLength(MAX_NUMBER_DIGITS)
                    .maxNameLength(MAX_KEY_BYTES)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // Messages are logged, and a log must not show a payload.
            .errorReportConfiguration(ErrorReportConfiguration.builder()
                    .maxErrorTokenLength(0)
                    .maxRawContentLength(0)
                    .build())
            .build();

    private StableJson() {}

    /**
     * Reads the value at whose first token the parser stands, and leaves the parser on its last token. Use a parser from
     * {@link #parser(byte[])}: others may let malformed UTF-8 pass.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when the text is not JSON, says where
     * @throws com.fasterxml.jackson.core.exc.StreamConstraintsException when it exceeds the parser's limits
     */
    public static StableValue read(JsonParser parser) throws IOException {
        return new StableWriter(parser, 1024).write();
    }

    /**
     * Reads one whole document; after it only white space may come.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when the bytes are not one JSON document, says where
     * @throws com.fasterxml.jackson.core.exc.StreamConstraintsException when it exceeds one of the limits of this class
     */
    public static StableValue parse(byte[] utf8) throws IOException {
        try (JsonParser parser = parser(utf8)) {
            parser.nextToken();
            StableValue value = new StableWriter(parser, utf8.length + 16).write();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "Nothing but white space may follow the document");
            }
            return value;
        }
    }

    /**
     * A parser for one document, standing before its first token. The bytes are read as the parser advances and must not
     * change meanwhile.
     *
     * @throws JsonParseException when the bytes are not well-formed UTF-8, says where
     */
    public static JsonParser parser(byte[] utf8) throws IOException {
        JsonParser parser = FACTORY.createParser(utf8);
        int malformed = Utf8.firstMalformed(utf8);
        if (malformed >= 0) {
            parser.close();
            throw new JsonParseException(parser, "Malformed UTF-8", Utf8.location(utf8, malformed));
        }
        return parser;
    }

    /** The JSON string literal for a text, quotes included; an unpaired surrogate as a lower-case escape. */
    public static byte[] string(String text) {
        JsonBytes out = new JsonBytes(text.length() + 2);
        out.string(text.toCharArray(), 0, text.length());
        return out.toByteArray();
    }

    /** What JavaScript's {@code String(value)} gives; {@code NaN} and {@code Infinity} are not JSON. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        JsonBytes out = new JsonBytes(32);
        new NumberText().write(value, out);
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }

    /**
     * The factory behind {@link #parser(byte[])}: strict, with the limits of this class and no limit on strings. It does
     * not check that UTF-8 is well formed. It is shared: never configure it, and give an ObjectMapper a
     * {@link JsonFactory#copy() copy}.
     */
    public static JsonFactory factory() {
        return FACTORY;
    }
}
