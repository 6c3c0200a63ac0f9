package org.firstpass.dicom;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;

/**
 * One of our AE titles: accepts Verification and every storage SOP class in the first storable
 * transfer syntax proposed, and the messages that are served beside them.
 */
final class StorageEntity extends ApplicationEntity {
  private static final long serialVersionUID = 1L;

  private final Set<String> services;

  /**
   * @param services SOP classes of messages that are served beside storage
   */
  StorageEntity(String aeTitle, Set<String> services) {
    super(aeTitle);
    this.services = Set.copyOf(services);
  }

  @Override
  protected PresentationContext negotiate(
      AAssociateRQ request, AAssociateAC answer, PresentationContext proposed) {
    String abstractSyntax = proposed.getAbstractSyntax();
    // A proposal may lack it, or all transfer syntaxes.
    if (abstractSyntax == null || !isServed(request, abstractSyntax)) {
      return refused(proposed, PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    RoleSelection roles = request.getRoleSelectionFor(abstractSyntax);
    if (roles != null && answer.getRoleSelectionFor(abstractSyntax) == null) {
      // An archive that reports on a commitment of ours is the provider on its own association.
      boolean provider = roles.isSCP() && UID.StorageCommitmentPushModel.equals(abstractSyntax);
      answer.addRoleSelection(new RoleSelection(abstractSyntax, roles.isSCU(), provider));
    }
    boolean message = services.contains(abstractSyntax);
    Optional<String> chosen =
        Arrays.stream(proposed.getTransferSyntaxes())
            .filter(
                syntax ->
                    message
                        ? TransferSyntaxes.isPlain(syntax)
                        : TransferSyntaxes.isStorable(syntax))
            .findFirst();
    return chosen
        .map(
            syntax ->
                new PresentationContext(proposed.getPCID(), PresentationContext.ACCEPTANCE, syntax))
        .orElseGet(() -> refused(proposed, PresentationContext.TRANSFER_SYNTAX_NOT_SUPPORTED));
  }

  private boolean isServed(AAssociateRQ request, String abstractSyntax) {
    if (abstractSyntax.equals(UID.Verification)
        || services.contains(abstractSyntax)
        || SopClasses.isStorage(abstractSyntax)) {
      return true;
    }
    CommonExtendedNegotiation extended = request.getCommonExtendedNegotiationFor(abstractSyntax);
    return extended != null && UID.Storage.equals(extended.getServiceClassUID());
  }

  private static PresentationContext refused(PresentationContext proposed, int result) {
    // Of a context that is refused the transfer syntax means nothing (PS3.8 9.3.3.2).
    return new PresentationContext(proposed.getPCID(), result, UID.ImplicitVRLittleEndian);
  }
}
