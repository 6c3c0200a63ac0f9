package org.firstpass.http.ups;

import static org.firstpass.http.ups.UpsTransaction.SUBSCRIBE;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import org.firstpass.http.AccessGate;
import org.firstpass.http.ApiRefusal;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.Subscriptions;
import org.firstpass.ups.WorkitemEvents;
import org.firstpass.ups.WorklistRefusal;

/**
 * Subscriptions, and the WebSocket by which event reports go to a subscriber.
 *
 * @see "PS3.18 8.10.4, 11.10 to 11.12"
 */
public final class SubscriberRoutes {
  private static final String SUBSCRIBER = UpsHttp.ROOT + "/workitems/{uid}/subscribers/{aetitle}";
  private static final String CHANNEL = UpsHttp.ROOT + "/subscribers/{aetitle}";

  private final Subscriptions subscriptions;
  private final EventChannelSocket socket;
  private final AuditTrail audit;

  public SubscriberRoutes(Subscriptions subscriptions, WorkitemEvents events, AuditTrail audit) {
    this.subscriptions = subscriptions;
    this.socket = new EventChannelSocket(events);
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    var viewers = AccessGate.allow(WorkitemRoutes.VIEWERS);
    routes.post(SUBSCRIBER, SUBSCRIBE.handling(this::subscribe), viewers);
    routes.delete(SUBSCRIBER, SUBSCRIBE.handling(this::unsubscribe), viewers);
    routes.post(SUBSCRIBER + "/suspend", SUBSCRIBE.handling(this::suspend), viewers);
    routes.wsBeforeUpgrade(CHANNEL, this::open);
    routes.ws(CHANNEL, socket::configure, viewers);
    routes.get(CHANNEL, SubscriberRoutes::needsUpgrade, viewers);
  }

  private void subscribe(Context context) {
    Subscriber who = subscriber(context);
    boolean subscribed =
        subscriptions.subscribe(
            who,
            context.pathParam("uid"),
            deletionLock(context),
            Optional.ofNullable(context.queryParam("filter")));
    if (!subscribed) {
      throw new ApiRefusal(
          403, "TOO_MANY_SUBSCRIBERS", "no more subscribers to the worklist are taken");
    }
    record(context, AuditAction.WORKLIST_SUBSCRIBED, who);
    String scheme = context.scheme().equals("https") ? "wss" : "ws";
    context
        .status(201)
        .header(
            "Content-Location",
            scheme + "://" + context.host() + UpsHttp.ROOT + "/subscribers/" + who.aeTitle());
  }

  private static boolean deletionLock(Context context) {
    String lock = context.queryParam("deletionlock");
    if (lock == null || lock.equals("false")) {
      return false;
    }
    if (lock.equals("true")) {
      return true;
    }
    throw new ApiRefusal(400, "MALFORMED", "'deletionlock' is true or false");
  }

  private void unsubscribe(Context context) {
    Subscriber who = subscriber(context);
    subscriptions.unsubscribe(who, context.pathParam("uid"));
    record(context, AuditAction.WORKLIST_UNSUBSCRIBED, who);
    context.status(200);
  }

  private void suspend(Context context) {
    Subscriber who = subscriber(context);
    subscriptions.suspend(who, context.pathParam("uid"));
    record(context, AuditAction.WORKLIST_UNSUBSCRIBED, who);
    context.status(200);
  }

  private static Subscriber subscriber(Context context) {
    return Subscriber.of(context.pathParam("aetitle"), AccessGate.identity(context).subject());
  }

  // A handshake is refused by an exception only.
  private void open(Context context) {
    Subscriber who;
    try {
      who = subscriber(context);
    } catch (WorklistRefusal e) {
      throw new ApiRefusal(400, e.reason().name(), String.valueOf(e.getMessage()));
    }
    socket.prepare(context, who);
  }

  private static void needsUpgrade(Context context) {
    context.header("Upgrade", "websocket");
    throw new ApiRefusal(426, "UPGRADE_NEEDED", "an event channel is a WebSocket");
  }

  private void record(Context context, AuditAction action, Subscriber who) {
    audit.record(
        AuditFact.of(
            who.owner(), action, context.pathParam("uid"), Map.of("aeTitle", who.aeTitle())));
  }
}
