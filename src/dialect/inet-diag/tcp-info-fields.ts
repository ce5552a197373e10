// The fields of struct tcp_info (linux/tcp.h) by names that say their unit; ss's names stand in ss/tcp-info-tokens.ts.

/** Octets count octets, segments count segments. */
export interface TcpInfoFields {
  congestionControl?: string;
  /** What is on or was seen, by ss's words: ts sack ecn ecnseen fastopen app_limited ... */
  flags?: string[];
  sendWindowShift?: number;
  receiveWindowShift?: number;
  retransmissionTimeoutMilliseconds?: number;
  backoffs?: number;
  roundTripMilliseconds?: number;
  roundTripVariationMilliseconds?: number;
  minimumRoundTripMilliseconds?: number;
  receiveRoundTripMilliseconds?: number;
  delayedAckTimeoutMilliseconds?: number;
  quickAcks?: number;
  maximumSegmentOctets?: number;
  pathMtuOctets?: number;
  receiveSegmentOctets?: number;
  advertisedSegmentOctets?: number;
  congestionWindowSegments?: number;
  slowStartThresholdSegments?: number;
  octetsSent?: number;
  octetsRetransmitted?: number;
  octetsAcknowledged?: number;
  octetsReceived?: number;
  octetsNotSent?: number;
  segmentsSent?: number;
  segmentsReceived?: number;
  dataSegmentsSent?: number;
  dataSegmentsReceived?: number;
  segmentsDelivered?: number;
  segmentsDeliveredMarked?: number;
  segmentsUnacknowledged?: number;
  segmentsInRetransmission?: number;
  segmentsRetransmitted?: number;
  segmentsLost?: number;
  segmentsSacked?: number;
  segmentsForwardAcknowledged?: number;
  segmentsOutOfOrder?: number;
  duplicateSacks?: number;
  reorderingSegments?: number;
  reorderingsSeen?: number;
  rehashes?: number;
  sendBitsPerSecond?: number;
  pacingBitsPerSecond?: number;
  maximumPacingBitsPerSecond?: number;
  deliveryBitsPerSecond?: number;
  sinceLastSentMilliseconds?: number;
  sinceLastReceivedMilliseconds?: number;
  sinceLastAckMilliseconds?: number;
  busyMilliseconds?: number;
  receiveWindowLimitedMilliseconds?: number;
  sendBufferLimitedMilliseconds?: number;
  sendWindowOctets?: number;
  receiveWindowOctets?: number;
  receiveSpaceOctets?: number;
  receiveSlowStartThresholdOctets?: number;
  /** Of a listener, where the kernel keeps them in the fields for unacknowledged and sacked segments. */
  acceptQueueLength?: number;
  acceptQueueLimit?: number;
}
