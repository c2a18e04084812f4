// Only compiled with FunctionsPackages=true: the entry of the Functions worker in Azure.
using Azure.Identity;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rdv.Azure.Sms;
using Rdv.Dispatch;
using Rdv.Functions.Host;
using Rdv.Functions.Http;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton(new LimitSettings { BehindPlatform = true });
builder.Services.AddSingleton<ISmsGateway>(_ => AcsSmsGateway.Create(builder.Configuration, new DefaultAzureCredential()));
builder.Services.AddRdv(builder.Configuration);
builder.Build().Run();
