package dev.hookswitch.common.json;

/**
 * One JSON value in its stable spelling. The array is not copied: whoever holds the value must not write to it.
 *
 * @param utf8 the value's bytes, without white space around them
 * @param unstableNumbers how many numbers in it JavaScript cannot print as they came; when zero,
 *     {@code JSON.stringify(JSON.parse(body))} gives these bytes again
 */
@SuppressWarnings("ArrayRecordComponent") // one array for each webhook body, handed on to the record as it is
public record StableValue(byte[] utf8, int unstableNumbers) {}
