using Kith.Http.Access;
using Kith.Http.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>What the route tables say about a route: its name, who may use it, what goes in and what comes out.</summary>
internal static class RouteDescriptions
{
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder route, string name, string summary, Guard guard) =>
        route.WithName(name).WithSummary(summary).WithMetadata(new GuardMetadata(guard));

    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route) => route.WithMetadata(new ReadsMetadata(typeof(T), Required: true));

    /// <summary>The body may be left out.</summary>
    public static RouteHandlerBuilder MayRead<T>(this RouteHandlerBuilder route) => route.WithMetadata(new ReadsMetadata(typeof(T), Required: false));

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<T>(status);
        return route;
    }

    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status204NoContent);

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder route, string type, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            route.WithMetadata(new QueryMetadata(name, type));
        return route;
    }

    /// <summary>A question with a body: keys that only read may ask it.</summary>
    public static RouteHandlerBuilder OnlyReads(this RouteHandlerBuilder route) => route.WithMetadata(OnlyReadsMetadata.Instance);

    /// <summary>A GET that does something: keys that only read may not.</summary>
    public static RouteHandlerBuilder HasEffect(this RouteHandlerBuilder route) => route.WithMetadata(HasEffectMetadata.Instance);

    /// <summary>The handler takes the request's claim along with the messages that it appends.</summary>
    public static RouteHandlerBuilder Appends(this RouteHandlerBuilder route) => route.WithMetadata(AppendsMetadata.Instance);

    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder route, bool reversible = true)
    {
        route.Query("integer", "page", "size");
        return reversible ? route.Query("boolean", "reverse") : route;
    }
}
