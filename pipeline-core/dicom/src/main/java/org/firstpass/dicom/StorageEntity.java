package org.firstpass.dicom;

import java.util.Arrays;
import java.util.Optional;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;

/**
 * Accepts Verification and every storage SOP class, in the first storable transfer syntax proposed.
 */
final class StorageEntity extends ApplicationEntity {
  private static final long serialVersionUID = 1L;

  StorageEntity(ScpConfig config) {
    super(config.aeTitle());
    setAssociationAcceptor(true);
    setAssociationInitiator(false);
    if (!config.allowedCallingAeTitles().isEmpty()) {
      setAcceptedCallingAETitles(config.allowedCallingAeTitles().toArray(String[]::new));
    }
  }

  @Override
  protected PresentationContext negotiate(
      AAssociateRQ request, AAssociateAC answer, PresentationContext proposed) {
    String abstractSyntax = proposed.getAbstractSyntax();
    if (!isServed(request, abstractSyntax)) {
      return refused(proposed, PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    RoleSelection roles = request.getRoleSelectionFor(abstractSyntax);
    if (roles != null && answer.getRoleSelectionFor(abstractSyntax) == null) {
      answer.addRoleSelection(new RoleSelection(abstractSyntax, roles.isSCU(), false));
    }
    Optional<String> chosen =
        Arrays.stream(proposed.getTransferSyntaxes())
            .filter(TransferSyntaxes::isStorable)
            .findFirst();
    return chosen
        .map(
            syntax ->
                new PresentationContext(proposed.getPCID(), PresentationContext.ACCEPTANCE, syntax))
        .orElseGet(() -> refused(proposed, PresentationContext.TRANSFER_SYNTAX_NOT_SUPPORTED));
  }

  private static boolean isServed(AAssociateRQ request, String abstractSyntax) {
    if (abstractSyntax.equals(UID.Verification) || SopClasses.isStorage(abstractSyntax)) {
      return true;
    }
    CommonExtendedNegotiation extended = request.getCommonExtendedNegotiationFor(abstractSyntax);
    return extended != null && UID.Storage.equals(extended.getServiceClassUID());
  }

  private static PresentationContext refused(PresentationContext proposed, int result) {
    return new PresentationContext(proposed.getPCID(), result, proposed.getTransferSyntax());
  }
}
