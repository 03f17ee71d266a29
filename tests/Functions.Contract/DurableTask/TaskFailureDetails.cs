namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/TaskFailureDetails.cs (1.28.0)
public record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties);
