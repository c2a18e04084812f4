// Only compiled with FunctionsPackages=true: the entry of the Functions worker in Azure.
using Azure.Core;
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
builder.Services.AddSingleton(Settings.ReadSms(builder.Configuration));
builder.Services.AddSingleton<TokenCredential>(new DefaultAzureCredential());
builder.Services.AddSingleton<ISmsGateway, AcsSmsGateway>();
builder.Services.AddRdv(builder.Configuration);
builder.Build().Run();
