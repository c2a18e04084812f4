using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Rdv.Tests.WorkerHost.Protocol;

namespace Rdv.Tests.WorkerHost;

/// <summary>The stream between the host and one worker: questions go out, each answer finds the one who waits for it.</summary>
internal sealed class WorkerChannel : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<Topic, TaskCompletionSource<StreamingMessage>> _waiting = new();
    private readonly CancellationTokenSource _left = new();

    /// <summary>Waits for the first thing that a worker says.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new Topic(StreamingMessage.ContentOneofCase.StartStream), cancellationToken);

    public async Task<WorkerInitResponse> InitializeAsync(WorkerInitRequest request, CancellationToken cancellationToken) => (await AskAsync(
        new StreamingMessage { WorkerInitRequest = request },
        new Topic(StreamingMessage.ContentOneofCase.WorkerInitResponse),
        cancellationToken)).WorkerInitResponse;

    public async Task<FunctionMetadataResponse> DescribeAsync(FunctionsMetadataRequest request, CancellationToken cancellationToken) => (await AskAsync(
        new StreamingMessage { FunctionsMetadataRequest = request },
        new Topic(StreamingMessage.ContentOneofCase.FunctionMetadataResponse),
        cancellationToken)).FunctionMetadataResponse;

    public async Task<StatusResult> LoadAsync(RpcFunctionMetadata metadata, CancellationToken cancellationToken) => (await AskAsync(
        new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata } },
        new Topic(StreamingMessage.ContentOneofCase.FunctionLoadResponse, metadata.FunctionId),
        cancellationToken)).FunctionLoadResponse.Result;

    public async Task<StatusResult> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken) => (await AskAsync(
        new StreamingMessage { InvocationRequest = request },
        new Topic(StreamingMessage.ContentOneofCase.InvocationResponse, request.InvocationId),
        cancellationToken)).InvocationResponse.Result;

    /// <summary>Called by the worker, once.</summary>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var writing = WriteAsync(responseStream, ended.Token);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                Take(message);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The worker has ended, or was ended.
        }
        finally
        {
            await _left.CancelAsync();
            await ended.CancelAsync();
            await writing;
        }
    }

    public ValueTask DisposeAsync()
    {
        _left.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question, Topic topic, CancellationToken cancellationToken)
    {
        var answer = AnswerAsync(topic, cancellationToken);
        question.RequestId = Guid.NewGuid().ToString();
        await _outgoing.Writer.WriteAsync(question, cancellationToken);
        return await answer;
    }

    private async Task<StreamingMessage> AnswerAsync(Topic topic, CancellationToken cancellationToken)
    {
        var answer = WaitFor(topic);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _left.Token);
        try
        {
            return await answer.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The worker has left without an answer to {topic}.");
        }
        finally
        {
            _waiting.TryRemove(topic, out _);
        }
    }

    private void Take(StreamingMessage message)
    {
        if (message.ContentCase == StreamingMessage.ContentOneofCase.StartStream)
        {
            // It may come before anyone waits for it.
            WaitFor(Topic.Of(message)).TrySetResult(message);
        }
        else if (_waiting.TryGetValue(Topic.Of(message), out var waiting))
        {
            waiting.TrySetResult(message);
        }
    }

    private TaskCompletionSource<StreamingMessage> WaitFor(Topic topic) =>
        _waiting.GetOrAdd(topic, _ => new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await responses.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The stream has ended: whoever waits for an answer is told by its end.
        }
    }

    /// <summary>What an answer answers: its kind, and the function or the invocation where there are many.</summary>
    private sealed record Topic(StreamingMessage.ContentOneofCase Kind, string Id = "")
    {
        public static Topic Of(StreamingMessage message) => new(message.ContentCase, message.ContentCase switch
        {
            StreamingMessage.ContentOneofCase.FunctionLoadResponse => message.FunctionLoadResponse.FunctionId,
            StreamingMessage.ContentOneofCase.InvocationResponse => message.InvocationResponse.InvocationId,
            _ => "",
        });
    }
}
