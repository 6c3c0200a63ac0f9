package org.firstpass.study;

/** Transfer Syntax UID (0002,0010). */
public record TransferSyntaxUid(String value) {
  public TransferSyntaxUid {
    DicomUid.requireValid("TransferSyntaxUid", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
