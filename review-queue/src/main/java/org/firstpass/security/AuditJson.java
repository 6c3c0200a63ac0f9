package org.firstpass.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/** The details of an audit entry as one line of JSON with sorted keys: what the hash is over. */
final class AuditJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> DETAILS = new TypeReference<>() {};

  private AuditJson() {}

  static String text(SortedMap<String, String> details) {
    try {
      return JSON.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is JSON", e);
    }
  }

  static SortedMap<String, String> details(String text) {
    try {
      return JSON.readValue(text, DETAILS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an audit entry's details are not JSON", e);
    }
  }
}
