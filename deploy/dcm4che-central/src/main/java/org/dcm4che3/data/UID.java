package org.dcm4che3.data;

/**
 * The UIDs: the fork's constants, and under their PS3.6 keywords, which upstream uses, those that
 * it calls otherwise or lacks.
 */
public final class UID extends org.aoju.bus.image.UID {
  /** Process 14, any predictor; the fork gives this name to {@link #JPEGLosslessSV1}. */
  public static final String JPEGLossless = "1.2.840.10008.1.2.4.57";

  public static final String Verification = "1.2.840.10008.1.1";
  public static final String EncapsulatedUncompressedExplicitVRLittleEndian =
      "1.2.840.10008.1.2.1.98";
  public static final String ExplicitVRBigEndian = "1.2.840.10008.1.2.2";
  public static final String JPEGBaseline8Bit = "1.2.840.10008.1.2.4.50";
  public static final String JPEGExtended12Bit = "1.2.840.10008.1.2.4.51";
  public static final String JPEGExtended35 = "1.2.840.10008.1.2.4.52";
  public static final String JPEGSpectralSelectionNonHierarchical68 = "1.2.840.10008.1.2.4.53";
  public static final String JPEGSpectralSelectionNonHierarchical79 = "1.2.840.10008.1.2.4.54";
  public static final String JPEGFullProgressionNonHierarchical1012 = "1.2.840.10008.1.2.4.55";
  public static final String JPEGFullProgressionNonHierarchical1113 = "1.2.840.10008.1.2.4.56";
  public static final String JPEGLosslessNonHierarchical15 = "1.2.840.10008.1.2.4.58";
  public static final String JPEGExtendedHierarchical1618 = "1.2.840.10008.1.2.4.59";
  public static final String JPEGExtendedHierarchical1719 = "1.2.840.10008.1.2.4.60";
  public static final String JPEGSpectralSelectionHierarchical2022 = "1.2.840.10008.1.2.4.61";
  public static final String JPEGSpectralSelectionHierarchical2123 = "1.2.840.10008.1.2.4.62";
  public static final String JPEGFullProgressionHierarchical2426 = "1.2.840.10008.1.2.4.63";
  public static final String JPEGFullProgressionHierarchical2527 = "1.2.840.10008.1.2.4.64";
  public static final String JPEGLosslessHierarchical28 = "1.2.840.10008.1.2.4.65";
  public static final String JPEGLosslessHierarchical29 = "1.2.840.10008.1.2.4.66";
  public static final String JPEGLosslessSV1 = "1.2.840.10008.1.2.4.70";
  public static final String JPEGLSNearLossless = "1.2.840.10008.1.2.4.81";
  public static final String JPEG2000Lossless = "1.2.840.10008.1.2.4.90";
  public static final String JPEG2000MCLossless = "1.2.840.10008.1.2.4.92";
  public static final String JPEG2000MC = "1.2.840.10008.1.2.4.93";
  public static final String MPEG2MPML = "1.2.840.10008.1.2.4.100";
  public static final String MPEG2MPMLF = "1.2.840.10008.1.2.4.100.1";
  public static final String MPEG2MPHL = "1.2.840.10008.1.2.4.101";
  public static final String MPEG2MPHLF = "1.2.840.10008.1.2.4.101.1";
  public static final String MPEG4HP41 = "1.2.840.10008.1.2.4.102";
  public static final String MPEG4HP41F = "1.2.840.10008.1.2.4.102.1";
  public static final String MPEG4HP41BD = "1.2.840.10008.1.2.4.103";
  public static final String MPEG4HP41BDF = "1.2.840.10008.1.2.4.103.1";
  public static final String MPEG4HP422D = "1.2.840.10008.1.2.4.104";
  public static final String MPEG4HP422DF = "1.2.840.10008.1.2.4.104.1";
  public static final String MPEG4HP423D = "1.2.840.10008.1.2.4.105";
  public static final String MPEG4HP423DF = "1.2.840.10008.1.2.4.105.1";
  public static final String MPEG4HP42STEREO = "1.2.840.10008.1.2.4.106";
  public static final String MPEG4HP42STEREOF = "1.2.840.10008.1.2.4.106.1";
  public static final String HEVCMP51 = "1.2.840.10008.1.2.4.107";
  public static final String HEVCM10P51 = "1.2.840.10008.1.2.4.108";
  public static final String JPEGXLLossless = "1.2.840.10008.1.2.4.110";
  public static final String JPEGXLJPEGRecompression = "1.2.840.10008.1.2.4.111";
  public static final String JPEGXL = "1.2.840.10008.1.2.4.112";
  public static final String HTJ2KLossless = "1.2.840.10008.1.2.4.201";
  public static final String HTJ2KLosslessRPCL = "1.2.840.10008.1.2.4.202";
  public static final String HTJ2K = "1.2.840.10008.1.2.4.203";
  public static final String JPIPHTJ2KReferenced = "1.2.840.10008.1.2.4.204";
  public static final String JPIPHTJ2KReferencedDeflate = "1.2.840.10008.1.2.4.205";
  public static final String RFC2557MIMEEncapsulation = "1.2.840.10008.1.2.6.1";
  public static final String XMLEncoding = "1.2.840.10008.1.2.6.2";
  public static final String DeflatedImageFrameCompression = "1.2.840.10008.1.2.8.1";
  public static final String HotIronPalette = "1.2.840.10008.1.5.1";
  public static final String PETPalette = "1.2.840.10008.1.5.2";
  public static final String HotMetalBluePalette = "1.2.840.10008.1.5.3";
  public static final String PET20StepPalette = "1.2.840.10008.1.5.4";
  public static final String SpringPalette = "1.2.840.10008.1.5.5";
  public static final String SummerPalette = "1.2.840.10008.1.5.6";
  public static final String FallPalette = "1.2.840.10008.1.5.7";
  public static final String WinterPalette = "1.2.840.10008.1.5.8";
  public static final String BasicStudyContentNotification = "1.2.840.10008.1.9";
  public static final String Papyrus3ImplicitVRLittleEndian = "1.2.840.10008.1.20";
  public static final String StorageCommitmentPushModel = "1.2.840.10008.1.20.1";
  public static final String StorageCommitmentPushModelInstance = "1.2.840.10008.1.20.1.1";
  public static final String StorageCommitmentPullModel = "1.2.840.10008.1.20.2";
  public static final String StorageCommitmentPullModelInstance = "1.2.840.10008.1.20.2.1";
  public static final String ProceduralEventLogging = "1.2.840.10008.1.40";
  public static final String ProceduralEventLoggingInstance = "1.2.840.10008.1.40.1";
  public static final String SubstanceAdministrationLogging = "1.2.840.10008.1.42";
  public static final String SubstanceAdministrationLoggingInstance = "1.2.840.10008.1.42.1";
  public static final String DetachedPatientManagement = "1.2.840.10008.3.1.2.1.1";
  public static final String DetachedPatientManagementMeta = "1.2.840.10008.3.1.2.1.4";
  public static final String DetachedVisitManagement = "1.2.840.10008.3.1.2.2.1";
  public static final String DetachedStudyManagement = "1.2.840.10008.3.1.2.3.1";
  public static final String StudyComponentManagement = "1.2.840.10008.3.1.2.3.2";
  public static final String ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";
  public static final String ModalityPerformedProcedureStepRetrieve = "1.2.840.10008.3.1.2.3.4";
  public static final String ModalityPerformedProcedureStepNotification = "1.2.840.10008.3.1.2.3.5";
  public static final String DetachedResultsManagement = "1.2.840.10008.3.1.2.5.1";
  public static final String DetachedResultsManagementMeta = "1.2.840.10008.3.1.2.5.4";
  public static final String DetachedStudyManagementMeta = "1.2.840.10008.3.1.2.5.5";
  public static final String DetachedInterpretationManagement = "1.2.840.10008.3.1.2.6.1";
  public static final String Storage = "1.2.840.10008.4.2";
  public static final String BasicFilmSession = "1.2.840.10008.5.1.1.1";
  public static final String BasicFilmBox = "1.2.840.10008.5.1.1.2";
  public static final String BasicGrayscaleImageBox = "1.2.840.10008.5.1.1.4";
  public static final String BasicColorImageBox = "1.2.840.10008.5.1.1.4.1";
  public static final String ReferencedImageBox = "1.2.840.10008.5.1.1.4.2";
  public static final String BasicGrayscalePrintManagementMeta = "1.2.840.10008.5.1.1.9";
  public static final String ReferencedGrayscalePrintManagementMeta = "1.2.840.10008.5.1.1.9.1";
  public static final String PrintJob = "1.2.840.10008.5.1.1.14";
  public static final String BasicAnnotationBox = "1.2.840.10008.5.1.1.15";
  public static final String Printer = "1.2.840.10008.5.1.1.16";
  public static final String PrinterConfigurationRetrieval = "1.2.840.10008.5.1.1.16.376";
  public static final String PrinterInstance = "1.2.840.10008.5.1.1.17";
  public static final String PrinterConfigurationRetrievalInstance = "1.2.840.10008.5.1.1.17.376";
  public static final String BasicColorPrintManagementMeta = "1.2.840.10008.5.1.1.18";
  public static final String ReferencedColorPrintManagementMeta = "1.2.840.10008.5.1.1.18.1";
  public static final String VOILUTBox = "1.2.840.10008.5.1.1.22";
  public static final String PresentationLUT = "1.2.840.10008.5.1.1.23";
  public static final String ImageOverlayBox = "1.2.840.10008.5.1.1.24";
  public static final String BasicPrintImageOverlayBox = "1.2.840.10008.5.1.1.24.1";
  public static final String PrintQueueInstance = "1.2.840.10008.5.1.1.25";
  public static final String PrintQueueManagement = "1.2.840.10008.5.1.1.26";
  public static final String StoredPrintStorage = "1.2.840.10008.5.1.1.27";
  public static final String HardcopyGrayscaleImageStorage = "1.2.840.10008.5.1.1.29";
  public static final String HardcopyColorImageStorage = "1.2.840.10008.5.1.1.30";
  public static final String PullPrintRequest = "1.2.840.10008.5.1.1.31";
  public static final String PullStoredPrintManagementMeta = "1.2.840.10008.5.1.1.32";
  public static final String MediaCreationManagement = "1.2.840.10008.5.1.1.33";
  public static final String DisplaySystem = "1.2.840.10008.5.1.1.40";
  public static final String DisplaySystemInstance = "1.2.840.10008.5.1.1.40.1";
  public static final String PhotoacousticImageStorage = "1.2.840.10008.5.1.4.1.1.6.3";
  public static final String StandaloneOverlayStorage = "1.2.840.10008.5.1.4.1.1.8";
  public static final String StandaloneCurveStorage = "1.2.840.10008.5.1.4.1.1.9";
  public static final String WaveformStorageTrial = "1.2.840.10008.5.1.4.1.1.9.1";
  public static final String General32bitECGWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.4";
  public static final String MultichannelRespiratoryWaveformStorage =
      "1.2.840.10008.5.1.4.1.1.9.6.2";
  public static final String StandaloneModalityLUTStorage = "1.2.840.10008.5.1.4.1.1.10";
  public static final String StandaloneVOILUTStorage = "1.2.840.10008.5.1.4.1.1.11";
  public static final String VariableModalityLUTSoftcopyPresentationStateStorage =
      "1.2.840.10008.5.1.4.1.1.11.12";
  public static final String XRayAngiographicBiPlaneImageStorage = "1.2.840.10008.5.1.4.1.1.12.3";
  public static final String LabelMapSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.7";
  public static final String HeightMapSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.8";
  public static final String VLImageStorageTrial = "1.2.840.10008.5.1.4.1.1.77.1";
  public static final String VLMultiFrameImageStorageTrial = "1.2.840.10008.5.1.4.1.1.77.2";
  public static final String OphthalmicOpticalCoherenceTomographyBscanVolumeAnalysisStorage =
      "1.2.840.10008.5.1.4.1.1.77.1.5.8";
  public static final String DermoscopicPhotographyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.7";
  public static final String ConfocalMicroscopyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.8";
  public static final String ConfocalMicroscopyTiledPyramidalImageStorage =
      "1.2.840.10008.5.1.4.1.1.77.1.9";
  public static final String TextSRStorageTrial = "1.2.840.10008.5.1.4.1.1.88.1";
  public static final String AudioSRStorageTrial = "1.2.840.10008.5.1.4.1.1.88.2";
  public static final String DetailSRStorageTrial = "1.2.840.10008.5.1.4.1.1.88.3";
  public static final String ComprehensiveSRStorageTrial = "1.2.840.10008.5.1.4.1.1.88.4";
  public static final String EnhancedXRayRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.76";
  public static final String WaveformAnnotationSRStorage = "1.2.840.10008.5.1.4.1.1.88.77";
  public static final String MicroscopyBulkSimpleAnnotationsStorage =
      "1.2.840.10008.5.1.4.1.1.91.1";
  public static final String StandalonePETCurveStorage = "1.2.840.10008.5.1.4.1.1.129";
  public static final String ProtocolApprovalInformationModelFind = "1.2.840.10008.5.1.4.1.1.200.4";
  public static final String ProtocolApprovalInformationModelMove = "1.2.840.10008.5.1.4.1.1.200.5";
  public static final String ProtocolApprovalInformationModelGet = "1.2.840.10008.5.1.4.1.1.200.6";
  public static final String XADefinedProcedureProtocolStorage = "1.2.840.10008.5.1.4.1.1.200.7";
  public static final String XAPerformedProcedureProtocolStorage = "1.2.840.10008.5.1.4.1.1.200.8";
  public static final String InventoryStorage = "1.2.840.10008.5.1.4.1.1.201.1";
  public static final String InventoryFind = "1.2.840.10008.5.1.4.1.1.201.2";
  public static final String InventoryMove = "1.2.840.10008.5.1.4.1.1.201.3";
  public static final String InventoryGet = "1.2.840.10008.5.1.4.1.1.201.4";
  public static final String InventoryCreation = "1.2.840.10008.5.1.4.1.1.201.5";
  public static final String RepositoryQuery = "1.2.840.10008.5.1.4.1.1.201.6";
  public static final String StorageManagementInstance = "1.2.840.10008.5.1.4.1.1.201.1.1";
  public static final String RTRadiationSetDeliveryInstructionStorage =
      "1.2.840.10008.5.1.4.1.1.481.21";
  public static final String RTTreatmentPreparationStorage = "1.2.840.10008.5.1.4.1.1.481.22";
  public static final String EnhancedRTImageStorage = "1.2.840.10008.5.1.4.1.1.481.23";
  public static final String EnhancedContinuousRTImageStorage = "1.2.840.10008.5.1.4.1.1.481.24";
  public static final String RTPatientPositionAcquisitionInstructionStorage =
      "1.2.840.10008.5.1.4.1.1.481.25";
  public static final String DICOSQuadrupoleResonanceStorage = "1.2.840.10008.5.1.4.1.1.501.6";
  public static final String ThermographyImageStorage = "1.2.840.10008.5.1.4.1.1.601.3";
  public static final String ThermographyMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.601.4";
  public static final String PatientRootQueryRetrieveInformationModelFind =
      "1.2.840.10008.5.1.4.1.2.1.1";
  public static final String PatientRootQueryRetrieveInformationModelMove =
      "1.2.840.10008.5.1.4.1.2.1.2";
  public static final String PatientRootQueryRetrieveInformationModelGet =
      "1.2.840.10008.5.1.4.1.2.1.3";
  public static final String StudyRootQueryRetrieveInformationModelFind =
      "1.2.840.10008.5.1.4.1.2.2.1";
  public static final String StudyRootQueryRetrieveInformationModelMove =
      "1.2.840.10008.5.1.4.1.2.2.2";
  public static final String StudyRootQueryRetrieveInformationModelGet =
      "1.2.840.10008.5.1.4.1.2.2.3";
  public static final String PatientStudyOnlyQueryRetrieveInformationModelFind =
      "1.2.840.10008.5.1.4.1.2.3.1";
  public static final String PatientStudyOnlyQueryRetrieveInformationModelMove =
      "1.2.840.10008.5.1.4.1.2.3.2";
  public static final String PatientStudyOnlyQueryRetrieveInformationModelGet =
      "1.2.840.10008.5.1.4.1.2.3.3";
  public static final String CompositeInstanceRootRetrieveMove = "1.2.840.10008.5.1.4.1.2.4.2";
  public static final String CompositeInstanceRootRetrieveGet = "1.2.840.10008.5.1.4.1.2.4.3";
  public static final String CompositeInstanceRetrieveWithoutBulkDataGet =
      "1.2.840.10008.5.1.4.1.2.5.3";
  public static final String DefinedProcedureProtocolInformationModelFind =
      "1.2.840.10008.5.1.4.20.1";
  public static final String DefinedProcedureProtocolInformationModelMove =
      "1.2.840.10008.5.1.4.20.2";
  public static final String DefinedProcedureProtocolInformationModelGet =
      "1.2.840.10008.5.1.4.20.3";
  public static final String ModalityWorklistInformationModelFind = "1.2.840.10008.5.1.4.31";
  public static final String GeneralPurposeWorklistManagementMeta = "1.2.840.10008.5.1.4.32";
  public static final String GeneralPurposeWorklistInformationModelFind =
      "1.2.840.10008.5.1.4.32.1";
  public static final String GeneralPurposeScheduledProcedureStep = "1.2.840.10008.5.1.4.32.2";
  public static final String GeneralPurposePerformedProcedureStep = "1.2.840.10008.5.1.4.32.3";
  public static final String InstanceAvailabilityNotification = "1.2.840.10008.5.1.4.33";
  public static final String RTBeamsDeliveryInstructionStorageTrial = "1.2.840.10008.5.1.4.34.1";
  public static final String RTConventionalMachineVerificationTrial = "1.2.840.10008.5.1.4.34.2";
  public static final String RTIonMachineVerificationTrial = "1.2.840.10008.5.1.4.34.3";
  public static final String UnifiedWorklistAndProcedureStepTrial = "1.2.840.10008.5.1.4.34.4";
  public static final String UnifiedProcedureStepPushTrial = "1.2.840.10008.5.1.4.34.4.1";
  public static final String UnifiedProcedureStepWatchTrial = "1.2.840.10008.5.1.4.34.4.2";
  public static final String UnifiedProcedureStepPullTrial = "1.2.840.10008.5.1.4.34.4.3";
  public static final String UnifiedProcedureStepEventTrial = "1.2.840.10008.5.1.4.34.4.4";
  public static final String UPSGlobalSubscriptionInstance = "1.2.840.10008.5.1.4.34.5";
  public static final String UPSFilteredGlobalSubscriptionInstance = "1.2.840.10008.5.1.4.34.5.1";
  public static final String UnifiedWorklistAndProcedureStep = "1.2.840.10008.5.1.4.34.6";
  public static final String UnifiedProcedureStepPush = "1.2.840.10008.5.1.4.34.6.1";
  public static final String UnifiedProcedureStepWatch = "1.2.840.10008.5.1.4.34.6.2";
  public static final String UnifiedProcedureStepPull = "1.2.840.10008.5.1.4.34.6.3";
  public static final String UnifiedProcedureStepEvent = "1.2.840.10008.5.1.4.34.6.4";
  public static final String UnifiedProcedureStepQuery = "1.2.840.10008.5.1.4.34.6.5";
  public static final String HangingProtocolInformationModelFind = "1.2.840.10008.5.1.4.38.2";
  public static final String HangingProtocolInformationModelMove = "1.2.840.10008.5.1.4.38.3";
  public static final String HangingProtocolInformationModelGet = "1.2.840.10008.5.1.4.38.4";
  public static final String ColorPaletteQueryRetrieveInformationModelFind =
      "1.2.840.10008.5.1.4.39.2";
  public static final String ColorPaletteQueryRetrieveInformationModelMove =
      "1.2.840.10008.5.1.4.39.3";
  public static final String ColorPaletteQueryRetrieveInformationModelGet =
      "1.2.840.10008.5.1.4.39.4";
  public static final String ProductCharacteristicsQuery = "1.2.840.10008.5.1.4.41";
  public static final String SubstanceApprovalQuery = "1.2.840.10008.5.1.4.42";
  public static final String GenericImplantTemplateInformationModelFind =
      "1.2.840.10008.5.1.4.43.2";
  public static final String GenericImplantTemplateInformationModelMove =
      "1.2.840.10008.5.1.4.43.3";
  public static final String GenericImplantTemplateInformationModelGet = "1.2.840.10008.5.1.4.43.4";
  public static final String ImplantAssemblyTemplateInformationModelFind =
      "1.2.840.10008.5.1.4.44.2";
  public static final String ImplantAssemblyTemplateInformationModelMove =
      "1.2.840.10008.5.1.4.44.3";
  public static final String ImplantAssemblyTemplateInformationModelGet =
      "1.2.840.10008.5.1.4.44.4";
  public static final String ImplantTemplateGroupInformationModelFind = "1.2.840.10008.5.1.4.45.2";
  public static final String ImplantTemplateGroupInformationModelMove = "1.2.840.10008.5.1.4.45.3";
  public static final String ImplantTemplateGroupInformationModelGet = "1.2.840.10008.5.1.4.45.4";

  private UID() {}
}
