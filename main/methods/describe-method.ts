import { z } from 'zod';
import { searchDomainSchema, type SearchDomain } from '../search/search-domain.ts';
import type { Citation, Method, Preset, Question } from './method.ts';

/** One setting of a method as a form or `--help` shows it. */
export interface FieldDescription {
  key: string;
  label: string;
  help: string;
  unit: string | null;
  /** `columns`: names of obs columns, joined by commas. */
  type: 'integer' | 'number' | 'boolean' | 'choice' | 'text' | 'columns';
  /** The schema's default; presets may set another. */
  default: unknown;
  min: number | null;
  max: number | null;
  options: string[] | null;
  /** Regular expression of a text; null where any will do. */
  pattern: string | null;
  advanced: boolean;
  /** What a search for settings tries unless it is told otherwise; null for one that it leaves alone. */
  search: SearchDomain | null;
}

/** A method as JSON: what forms, help and `lacuna methods --json` are made from. */
export interface MethodDescription {
  id: string;
  title: string;
  family: string;
  question: Question;
  description: string;
  paper: Citation | null;
  fields: FieldDescription[];
  /** What a search for settings makes small, in words; null where only known groups can judge. */
  heldOut: string | null;
  /** The first is the default; `parameters` are complete. */
  presets: Preset[];
}

export function describeMethod(method: Method): MethodDescription {
  const { id, title, family, question, description, paper } = method;
  const shape = method.parameters.shape as Record<string, z.ZodType>;
  return {
    id,
    title,
    family,
    question,
    description,
    paper,
    fields: Object.entries(shape).map(([key, field]) => describeField(key, field)),
    heldOut: method.heldOut?.title ?? null,
    presets: method.presets.map((preset) => ({
      ...preset,
      parameters: method.parameters.parse(preset.parameters) as Record<string, unknown>,
    })),
  };
}

/** Reads a field of a parameter schema: its JSON Schema for type, range and default, its `meta` for the words. */
export function describeField(key: string, field: z.ZodType): FieldDescription {
  const json = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }) as {
    type?: string;
    default?: unknown;
    minimum?: number;
    maximum?: number;
    exclusiveMinimum?: number;
    enum?: string[];
    pattern?: string;
  };
  const meta = (field.meta() ?? {}) as {
    label?: string;
    help?: string;
    unit?: string;
    advanced?: boolean;
    search?: unknown;
    columns?: 'obs';
  };
  return {
    key,
    label: meta.label ?? key,
    help: meta.help ?? '',
    unit: meta.unit ?? null,
    type: json.enum
      ? 'choice'
      : json.type === 'integer' || json.type === 'number' || json.type === 'boolean'
        ? json.type
        : meta.columns
          ? 'columns'
          : 'text',
    default: json.default,
    min: json.minimum ?? json.exclusiveMinimum ?? null,
    max: json.maximum ?? null,
    options: json.enum ?? null,
    pattern: json.pattern ?? null,
    advanced: meta.advanced ?? false,
    search: meta.search === undefined ? null : searchDomainSchema.parse(meta.search),
  };
}
